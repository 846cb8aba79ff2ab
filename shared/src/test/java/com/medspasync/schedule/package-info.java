/** Tests of hours. */
@NullMarked
package com.medspasync.schedule;

import org.jspecify.annotations.NullMarked;
