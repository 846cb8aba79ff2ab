/** Who a user is: passwords, logins, one-time tokens, and the signed tokens that prove a login to every instance. */
@NullMarked
package com.medspasync.identity;

import org.jspecify.annotations.NullMarked;
