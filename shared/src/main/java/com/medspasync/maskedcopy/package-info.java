/** Copies of a practice for development: real in shape and size, and of nobody. */
@NullMarked
package com.medspasync.maskedcopy;

import org.jspecify.annotations.NullMarked;
