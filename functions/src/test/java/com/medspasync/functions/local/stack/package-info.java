/** The stores that the platform stands on, started and stopped on this machine. */
@NullMarked
package com.medspasync.functions.local.stack;

import org.jspecify.annotations.NullMarked;
