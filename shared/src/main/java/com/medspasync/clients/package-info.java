/** The clients of a practice: their records, encrypted field by field, found by name, e-mail and phone, with their history. */
@NullMarked
package com.medspasync.clients;

import org.jspecify.annotations.NullMarked;
