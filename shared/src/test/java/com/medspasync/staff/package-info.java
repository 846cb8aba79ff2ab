/** Tests of staff. */
@NullMarked
package com.medspasync.staff;

import org.jspecify.annotations.NullMarked;
