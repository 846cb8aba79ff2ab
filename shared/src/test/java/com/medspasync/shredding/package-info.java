/** Tests of {@code com.medspasync.shredding}. */
@NullMarked
package com.medspasync.shredding;

import org.jspecify.annotations.NullMarked;
