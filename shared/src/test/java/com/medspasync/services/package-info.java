/** Tests of services. */
@NullMarked
package com.medspasync.services;

import org.jspecify.annotations.NullMarked;
