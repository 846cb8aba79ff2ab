/** Tests of what goes when its time is over. */
@NullMarked
package com.medspasync.expiry;

import org.jspecify.annotations.NullMarked;
