/** Tests of passwords, and what makes the list of common ones. */
@NullMarked
package com.medspasync.password;

import org.jspecify.annotations.NullMarked;
