/** What queues trigger: long work, taken up again until it is done. */
@NullMarked
package com.medspasync.functions.queue;

import org.jspecify.annotations.NullMarked;
