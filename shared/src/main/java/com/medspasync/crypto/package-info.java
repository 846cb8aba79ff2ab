/** Keys and encryption: the hierarchy from the root key to a client's own, and the one code that seals and opens bytes. */
@NullMarked
package com.medspasync.crypto;

import org.jspecify.annotations.NullMarked;
