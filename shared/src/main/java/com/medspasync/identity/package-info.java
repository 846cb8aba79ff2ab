/** Who a user is: users, logins, second factors, sessions, and the one-time tokens that let somebody in. */
@NullMarked
package com.medspasync.identity;

import org.jspecify.annotations.NullMarked;
