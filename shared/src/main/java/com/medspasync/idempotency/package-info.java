/** Makes a POST that is sent twice take effect once: the answer of the first is kept, encrypted, and given to the repeats. */
@NullMarked
package com.medspasync.idempotency;

import org.jspecify.annotations.NullMarked;
