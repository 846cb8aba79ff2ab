/** How people are named and reached: names, e-mail addresses and phone numbers, and the forms of them that searches compare. */
@NullMarked
package com.medspasync.contact;

import org.jspecify.annotations.NullMarked;
