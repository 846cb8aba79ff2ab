/** What a practice offers: how long it takes, what it costs, and the time it keeps a staff member besides. */
@NullMarked
package com.medspasync.services;

import org.jspecify.annotations.NullMarked;
