package com.medspasync.clients;

import com.medspasync.database.Row;
import com.medspasync.tenant.Caller;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Clients as lists show them, in statements of other features that show them beside their own records. */
public final class ClientSummaries {

    private ClientSummaries() {}

    /**
     * What a statement selects of a client.
     *
     * @param alias of the table of clients in the statement
     * @param prefix of the columns' names, so that they are apart from others
     */
    public static String columns(String alias, String prefix) {
        return Arrays.stream(ClientRow.SUMMARY_COLUMNS.split(", ", -1))
                .map(column -> "%s.%s as %s%s".formatted(alias, column, prefix, column))
                .collect(Collectors.joining(", "));
    }

    /** What {@code caller} sees of the client that {@link #columns} selected with {@code prefix}. */
    public static ClientSummaryView view(Row row, String prefix, Caller caller) {
        return new ClientViews(caller).of(ClientRow.summary(row, prefix));
    }
}
