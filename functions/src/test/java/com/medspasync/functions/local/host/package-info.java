/** Serves functions as the Azure Functions host and its Java worker do, down to the behaviour that surprises. */
@NullMarked
package com.medspasync.functions.local.host;

import org.jspecify.annotations.NullMarked;
