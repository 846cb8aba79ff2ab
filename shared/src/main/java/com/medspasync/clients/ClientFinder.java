package com.medspasync.clients;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Listing;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds clients by what a caller knows of them. */
final class ClientFinder {

    private static final String QUESTION = "clients found";
    private static final String LOWEST_ID = "00000000-0000-0000-0000-000000000000";

    private final PracticeDatabase database;
    private final Cursors cursors;

    ClientFinder(PracticeDatabase database, Cursors cursors) {
        this.database = database;
        this.cursors = cursors;
    }

    private record Item(ClientSummary summary, Position position) {}

    /** After which row of which branch a page begins. */
    private record Position(int branch, String key1, String key2, String key3, String id) {

        static final Position FIRST = new Position(1, NameRange.LOWEST, NameRange.LOWEST, NameRange.LOWEST, LOWEST_ID);

        static Position of(Row row) {
            return new Position(
                    row.integer("n"),
                    row.text("key1"),
                    row.text("key2"),
                    row.text("key3"),
                    row.uuid("id").toString());
        }
    }

    Listing<ClientSummary> page(Caller caller, ClientSearch search) {
        String cursor = search.cursor();
        Optional<Position> after =
                cursor == null ? Optional.of(Position.FIRST) : open(caller.practice(), search, cursor);
        if (after.isEmpty()) {
            return new Listing.BadCursor<>();
        }
        List<Item> items = database.list(
                caller,
                query(search, after.get()).json("unmasked", AuditedPage.unmasked(caller)),
                row -> new Item(ClientRow.summary(row), Position.of(row)));
        List<ClientSummary> shown =
                items.stream().limit(search.top()).map(Item::summary).toList();
        String next = items.size() > search.top()
                ? seal(caller.practice(), search, items.get(search.top() - 1).position())
                : null;
        return new Listing.Page<>(shown, next);
    }

    private static Query query(ClientSearch search, Position after) {
        EmailAddress email = search.email();
        PhoneNumber phone = search.phone();
        List<NameBranch> branches = branches(search);
        return sql(search)
                .bind()
                .texts(
                        "leads",
                        branches.stream().map(branch -> branch.lead().name()).toList())
                .texts("last_low", bounds(branches, branch -> branch.last().low()))
                .texts("last_high", bounds(branches, branch -> branch.last().high()))
                .texts("first_low", bounds(branches, branch -> branch.first().low()))
                .texts("first_high", bounds(branches, branch -> branch.first().high()))
                .text("email", email == null ? null : email.searchForm())
                .text("phone", phone == null ? null : phone.e164())
                .integer("after_branch", after.branch())
                .text("after_key1", after.key1())
                .text("after_key2", after.key2())
                .text("after_key3", after.key3())
                .text("after_id", after.id())
                .integer("top", search.top())
                .json("criteria", ClientList.criteria(search.criteria()));
    }

    private static Sql sql(ClientSearch search) {
        boolean bySound = search.soundsLike() != null;
        if (search.email() != null) {
            return bySound ? SearchSql.BY_EMAIL_AND_SOUND : SearchSql.BY_EMAIL_AND_LETTERS;
        }
        if (search.phone() != null) {
            return bySound ? SearchSql.BY_PHONE_AND_SOUND : SearchSql.BY_PHONE_AND_LETTERS;
        }
        return bySound ? SearchSql.BY_SOUND : SearchSql.BY_LETTERS;
    }

    private static List<NameBranch> branches(ClientSearch search) {
        String name = search.name();
        String soundsLike = search.soundsLike();
        if (name != null) {
            return NameBranch.ofLetters(name);
        }
        return soundsLike == null ? List.of() : NameBranch.ofSound(soundsLike);
    }

    private static List<String> bounds(List<NameBranch> branches, Function<NameBranch, String> bound) {
        return branches.stream().map(bound).toList();
    }

    private String seal(PracticeId practice, ClientSearch search, Position position) {
        return cursors.seal(
                practice,
                QUESTION,
                List.of(
                        search.fingerprint(),
                        Integer.toString(position.branch()),
                        position.key1(),
                        position.key2(),
                        position.key3(),
                        position.id()));
    }

    /** Empty when it is no cursor, or that of another search: branches are numbered by what is searched for. */
    private Optional<Position> open(PracticeId practice, ClientSearch search, String cursor) {
        return cursors.open(practice, QUESTION, cursor)
                .filter(parts -> parts.get(0).equals(search.fingerprint()))
                .map(parts -> new Position(
                        Integer.parseInt(parts.get(1)), parts.get(2), parts.get(3), parts.get(4), parts.get(5)));
    }
}
