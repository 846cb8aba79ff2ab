/** Tests of emergency access. */
@NullMarked
package com.medspasync.emergency;

import org.jspecify.annotations.NullMarked;
