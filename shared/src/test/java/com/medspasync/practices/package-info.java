/** Tests of practices against a real database. */
@NullMarked
package com.medspasync.practices;

import org.jspecify.annotations.NullMarked;
