/** Tests of messages and their channels, and a receiver for them. */
@NullMarked
package com.medspasync.message;

import org.jspecify.annotations.NullMarked;
