/** Tests of identity against real cryptography and a real PostgreSQL. */
@NullMarked
package com.medspasync.identity;

import org.jspecify.annotations.NullMarked;
