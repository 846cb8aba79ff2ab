/** Tests of reading untrusted input. */
@NullMarked
package com.medspasync.input;

import org.jspecify.annotations.NullMarked;
