/** Reminds of appointments: finds those that are near, and says what there is to tell about them. */
@NullMarked
package com.medspasync.reminders;

import org.jspecify.annotations.NullMarked;
