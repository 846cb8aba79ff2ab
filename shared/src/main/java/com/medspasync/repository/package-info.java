/** What the repositories of all records have in common: one interface, the outcomes it tells as values, pages and their cursors. */
@NullMarked
package com.medspasync.repository;

import org.jspecify.annotations.NullMarked;
