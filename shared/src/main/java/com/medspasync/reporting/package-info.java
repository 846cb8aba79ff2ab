/** What a practice's days add up to: counted as they change, and reported. */
@NullMarked
package com.medspasync.reporting;

import org.jspecify.annotations.NullMarked;
