/** Passwords as people choose them, as they are stored, and which nobody may have. */
@NullMarked
package com.medspasync.password;

import org.jspecify.annotations.NullMarked;
