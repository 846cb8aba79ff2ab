/** The only way to a database connection: statements that run for one practice, each in one round trip. */
@NullMarked
package com.medspasync.database;

import org.jspecify.annotations.NullMarked;
