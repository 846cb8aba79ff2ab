/** Tests of notices. */
@NullMarked
package com.medspasync.notice;

import org.jspecify.annotations.NullMarked;
