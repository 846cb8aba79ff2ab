/** Tests of the HTTP pipeline, and the requests they are made of. */
@NullMarked
package com.medspasync.functions.http.kernel;

import org.jspecify.annotations.NullMarked;
