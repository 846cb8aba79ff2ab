/** What every repository is tested to do, and tests of the parts they share. */
@NullMarked
package com.medspasync.repository;

import org.jspecify.annotations.NullMarked;
