/** Tests of hours by the clock on the wall. */
@NullMarked
package com.medspasync.schedule;

import org.jspecify.annotations.NullMarked;
