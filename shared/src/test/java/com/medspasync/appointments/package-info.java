/** Tests of appointments. */
@NullMarked
package com.medspasync.appointments;

import org.jspecify.annotations.NullMarked;
