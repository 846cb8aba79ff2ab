/** Tests of free times. */
@NullMarked
package com.medspasync.availability;

import org.jspecify.annotations.NullMarked;
