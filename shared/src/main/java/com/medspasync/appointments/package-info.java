/** A practice's appointments: who comes when, to whom and for what; and that nobody is booked twice. */
@NullMarked
package com.medspasync.appointments;

import org.jspecify.annotations.NullMarked;
