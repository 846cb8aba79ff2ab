/** The database against a real PostgreSQL, and the embedded server that the tests and the local platform share. */
@NullMarked
package com.medspasync.database;

import org.jspecify.annotations.NullMarked;
