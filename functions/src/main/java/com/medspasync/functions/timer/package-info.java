/** What the clock triggers: it looks for work, and puts it into queues. */
@NullMarked
package com.medspasync.functions.timer;

import org.jspecify.annotations.NullMarked;
