/** Who works in a practice, what they may give and when; and the days on which other hours hold. */
@NullMarked
package com.medspasync.staff;

import org.jspecify.annotations.NullMarked;
