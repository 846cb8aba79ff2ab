/** Destroys keys, and with them whatever they encrypt. */
@NullMarked
package com.medspasync.shredding;

import org.jspecify.annotations.NullMarked;
