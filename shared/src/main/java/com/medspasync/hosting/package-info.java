/** Where this process runs. */
@NullMarked
package com.medspasync.hosting;

import org.jspecify.annotations.NullMarked;
