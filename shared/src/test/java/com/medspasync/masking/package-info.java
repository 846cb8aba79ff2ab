/** What masks show of a value, and who sees which field. */
@NullMarked
package com.medspasync.masking;

import org.jspecify.annotations.NullMarked;
