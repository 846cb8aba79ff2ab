/** The keys of single clients on their way from the database to the cipher, for all that is encrypted under them. */
@NullMarked
package com.medspasync.keyring;

import org.jspecify.annotations.NullMarked;
