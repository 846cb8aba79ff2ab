/** What tests ask of histories. */
@NullMarked
package com.medspasync.history;

import org.jspecify.annotations.NullMarked;
