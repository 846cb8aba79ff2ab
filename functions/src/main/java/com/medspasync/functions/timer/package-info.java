/** What the clock triggers: it puts work into queues, or does what a statement or two can do. */
@NullMarked
package com.medspasync.functions.timer;

import org.jspecify.annotations.NullMarked;
