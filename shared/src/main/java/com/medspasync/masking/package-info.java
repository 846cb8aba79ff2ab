/** Who sees which field of a record, and what stands in the place of a value that is not shown whole. */
@NullMarked
package com.medspasync.masking;

import org.jspecify.annotations.NullMarked;
