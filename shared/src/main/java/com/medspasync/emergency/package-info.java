/** Seeing a client's whole record in an emergency, whatever the role; told to the practice's administrators, and reviewed by one of them. */
@NullMarked
package com.medspasync.emergency;

import org.jspecify.annotations.NullMarked;
