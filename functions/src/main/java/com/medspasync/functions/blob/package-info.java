/** Files in Blob storage. */
@NullMarked
package com.medspasync.functions.blob;

import org.jspecify.annotations.NullMarked;
