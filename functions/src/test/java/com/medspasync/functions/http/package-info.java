/** Tests of the HTTP functions that need no store. */
@NullMarked
package com.medspasync.functions.http;

import org.jspecify.annotations.NullMarked;
