/** Tests of {@code com.medspasync.functions.blob}. */
@NullMarked
package com.medspasync.functions.blob;

import org.jspecify.annotations.NullMarked;
