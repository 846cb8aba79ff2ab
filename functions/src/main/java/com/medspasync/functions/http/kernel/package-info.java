/** The pipeline that every HTTP function runs through: it refuses what is wrong before a handler sees it, and writes every answer. */
@NullMarked
package com.medspasync.functions.http.kernel;

import org.jspecify.annotations.NullMarked;
