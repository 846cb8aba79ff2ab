/** What the platform has to tell somebody: written with its cause, delivered at least once. */
@NullMarked
package com.medspasync.notice;

import org.jspecify.annotations.NullMarked;
