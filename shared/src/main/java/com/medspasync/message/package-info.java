/** Messages to people outside the platform, and the channels that they take: signed webhooks. */
@NullMarked
package com.medspasync.message;

import org.jspecify.annotations.NullMarked;
