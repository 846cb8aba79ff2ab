/** Where this process runs, and how it reaches the services of Azure. */
@NullMarked
package com.medspasync.hosting;

import org.jspecify.annotations.NullMarked;
