/** What faults say, and how they are told to logs without what they hold. */
@NullMarked
package com.medspasync.functions.fault;

import org.jspecify.annotations.NullMarked;
