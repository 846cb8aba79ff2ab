/** Measurements: mains that print what they measured, run by hand or by the bench profile, never by a test. */
@NullMarked
package com.medspasync.bench;

import org.jspecify.annotations.NullMarked;
