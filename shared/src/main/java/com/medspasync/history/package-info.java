/** Who changed a record, when and how: read from the audit. */
@NullMarked
package com.medspasync.history;

import org.jspecify.annotations.NullMarked;
