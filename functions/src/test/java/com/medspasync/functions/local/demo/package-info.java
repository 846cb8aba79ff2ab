/** Synthetic people from a seed: every name, number and history is made up, and the same seed makes the same ones. */
@NullMarked
package com.medspasync.functions.local.demo;

import org.jspecify.annotations.NullMarked;
