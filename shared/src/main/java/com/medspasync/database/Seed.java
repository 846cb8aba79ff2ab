package com.medspasync.database;

import java.util.function.Predicate;

/**
 * Something that has to be there before the platform can serve: the root of its keys, a key that signs, somebody to log in. A
 * {@link Migrator} plants its seeds in order after each migration, one migrator at a time.
 *
 * @param name what it is, for the progress
 * @param plant makes it if it is not there, through statements that run as the owner; whether it did
 */
public record Seed(String name, Predicate<PracticeDatabase> plant) {}
