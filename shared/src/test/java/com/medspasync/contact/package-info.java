/** Tests of names, e-mail addresses and phone numbers. */
@NullMarked
package com.medspasync.contact;

import org.jspecify.annotations.NullMarked;
