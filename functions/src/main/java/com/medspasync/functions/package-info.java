/** The function app: its settings, its composition, and the triggers that call into the features. */
@NullMarked
package com.medspasync.functions;

import org.jspecify.annotations.NullMarked;
