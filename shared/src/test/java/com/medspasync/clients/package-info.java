/** Tests of clients against a real database. */
@NullMarked
package com.medspasync.clients;

import org.jspecify.annotations.NullMarked;
