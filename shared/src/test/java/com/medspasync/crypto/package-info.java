/** Tests of the keys and of the encryption, against published vectors, Tink, and a Key Vault made of loopback. */
@NullMarked
package com.medspasync.crypto;

import org.jspecify.annotations.NullMarked;
