/** The HTTP functions, one class for each resource. */
@NullMarked
package com.medspasync.functions.http;

import org.jspecify.annotations.NullMarked;
