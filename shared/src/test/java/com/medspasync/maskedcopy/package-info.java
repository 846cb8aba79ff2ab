/** Tests of {@code com.medspasync.maskedcopy}. */
@NullMarked
package com.medspasync.maskedcopy;

import org.jspecify.annotations.NullMarked;
