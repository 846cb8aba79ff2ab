/** Reads untrusted input into values, and collects every fault in it instead of stopping at the first. */
@NullMarked
package com.medspasync.input;

import org.jspecify.annotations.NullMarked;
