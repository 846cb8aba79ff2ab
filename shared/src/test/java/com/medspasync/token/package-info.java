/** Tests of access tokens and of the keys that sign them. */
@NullMarked
package com.medspasync.token;

import org.jspecify.annotations.NullMarked;
