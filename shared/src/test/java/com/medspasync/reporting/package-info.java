/** Tests of what a practice's days add up to. */
@NullMarked
package com.medspasync.reporting;

import org.jspecify.annotations.NullMarked;
