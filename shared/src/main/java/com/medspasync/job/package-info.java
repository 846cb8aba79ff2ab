/** Long work that a queue brings: held by one worker at a time, taken up again where it stopped. */
@NullMarked
package com.medspasync.job;

import org.jspecify.annotations.NullMarked;
