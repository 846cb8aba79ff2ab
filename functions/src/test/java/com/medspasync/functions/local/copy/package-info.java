/** Fills the local platform from a masked copy. Never ships. */
@NullMarked
package com.medspasync.functions.local.copy;

import org.jspecify.annotations.NullMarked;
