/** A server on this machine that behaves as Azure Key Vault does, for Azure's real client: for tests, and for the local platform. */
@NullMarked
package com.medspasync.keyvault;

import org.jspecify.annotations.NullMarked;
