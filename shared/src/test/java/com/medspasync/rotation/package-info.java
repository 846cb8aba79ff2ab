/** Tests of {@code com.medspasync.rotation}, with the features that take part. */
@NullMarked
package com.medspasync.rotation;

import org.jspecify.annotations.NullMarked;
