/** Tests of reminders. */
@NullMarked
package com.medspasync.reminders;

import org.jspecify.annotations.NullMarked;
