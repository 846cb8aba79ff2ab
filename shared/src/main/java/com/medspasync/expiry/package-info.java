/** What has served its time and is nobody's record: it goes. */
@NullMarked
package com.medspasync.expiry;

import org.jspecify.annotations.NullMarked;
