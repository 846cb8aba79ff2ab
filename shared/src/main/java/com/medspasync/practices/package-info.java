/** Practices and their keys. */
@NullMarked
package com.medspasync.practices;

import org.jspecify.annotations.NullMarked;
