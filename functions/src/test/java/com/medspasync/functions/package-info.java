/** What holds for the function app as a whole: its architecture, and what is staged for Azure. */
@NullMarked
package com.medspasync.functions;

import org.jspecify.annotations.NullMarked;
