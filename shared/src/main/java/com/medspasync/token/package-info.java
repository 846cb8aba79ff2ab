/** Access tokens, which every instance verifies by itself, and the keys that sign them. */
@NullMarked
package com.medspasync.token;

import org.jspecify.annotations.NullMarked;
