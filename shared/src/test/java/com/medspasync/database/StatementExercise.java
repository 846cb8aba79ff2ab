package com.medspasync.database;

/**
 * Runs the statements of one feature, for {@link EveryStatementTest}, which finds every implementation among the test classes by itself
 * and makes it with its constructor without arguments.
 *
 * <p>The driver's trap of {@link Sql} springs only from the sixth execution of a statement on one connection, and then silently. So each
 * statement that stands in a static field has to run often enough on one: through the feature's own methods, with whatever varies
 * (a null here, an empty list there) varying from round to round.
 */
public interface StatementExercise {

    /**
     * Runs each of the feature's statements once. Called {@value EveryStatementTest#ROUNDS} times on the same instance and stage.
     *
     * @param round from 0
     */
    void run(Stage stage, int round);
}
