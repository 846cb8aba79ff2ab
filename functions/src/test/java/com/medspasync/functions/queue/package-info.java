/** Tests of {@code com.medspasync.functions.queue}. */
@NullMarked
package com.medspasync.functions.queue;

import org.jspecify.annotations.NullMarked;
