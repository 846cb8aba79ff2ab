/** Replaces keys while everything runs. */
@NullMarked
package com.medspasync.rotation;

import org.jspecify.annotations.NullMarked;
