/** Who acts, for which practice, and what they may do. */
@NullMarked
package com.medspasync.tenant;

import org.jspecify.annotations.NullMarked;
