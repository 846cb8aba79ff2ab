/** Tests of {@code com.medspasync.job}. */
@NullMarked
package com.medspasync.job;

import org.jspecify.annotations.NullMarked;
