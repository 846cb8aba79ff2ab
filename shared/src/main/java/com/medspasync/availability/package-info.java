/** When a service can be booked: the free times of those who give it. */
@NullMarked
package com.medspasync.availability;

import org.jspecify.annotations.NullMarked;
