/** Hours of a day and of a week by the clock on the wall, and when they are in a time zone. */
@NullMarked
package com.medspasync.schedule;

import org.jspecify.annotations.NullMarked;
