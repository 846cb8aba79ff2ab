/** The whole platform on one machine: stores, functions and demo data, behind one command. Never ships. */
@NullMarked
package com.medspasync.functions.local;

import org.jspecify.annotations.NullMarked;
