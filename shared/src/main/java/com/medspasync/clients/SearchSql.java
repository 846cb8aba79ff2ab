package com.medspasync.clients;

import com.medspasync.database.Sql;

/**
 * The statements of a search. Each walks indexes in their order and stops after a page: of names, along each {@link NameBranch}; or
 * of an e-mail address or a phone number, which few share, whatever else those are narrowed by.
 */
final class SearchSql {

    /** The branches, each with where the page begins in it: the one that the page before ended in goes on. */
    private static final String BRANCHES = """
            with branch as materialized (
              select
                b.*,
                case when n = :after_branch then :after_key1 else '' end as after_key1,
                case when n = :after_branch then :after_key2 else '' end as after_key2,
                case when n = :after_branch then :after_key3 else '' end as after_key3,
                case when n = :after_branch then :after_id else '00000000-0000-0000-0000-000000000000' end::uuid as after_id
              from unnest(:leads::text[], :last_low::text[], :last_high::text[], :first_low::text[], :first_high::text[])
                with ordinality as b (lead, last_low, last_high, first_low, first_high, n)),
            """;

    /** The columns that are compared with branches. */
    private record Names(String last, String first) {

        static final Names LETTERS = new Names("last_name_search", "first_name_search");
        static final Names SOUNDS = new Names("last_name_phonetic", "first_name_phonetic");

        /** Whether a client {@code c} is found along a branch. */
        String match(String branch) {
            return """
                    coalesce(c.%1$s, '') between %3$s.last_low and %3$s.last_high
                      and coalesce(c.%2$s, '') between %3$s.first_low and %3$s.first_high""".formatted(last, first, branch);
        }
    }

    /** The order in which an index has the clients of one branch: two columns and no third, or three; then the id. */
    private record Keys(String key1, String key2, String key3) {

        static final Keys LAST_NAME = new Keys("last_name_search", "first_name_search", "");
        static final Keys FIRST_NAME = new Keys("first_name_search", "last_name_search", "");

        static Keys sound(String column) {
            return new Keys(column, "last_name_search", "first_name_search");
        }

        String order() {
            return key1 + ", " + key2 + (key3.isEmpty() ? "" : ", " + key3) + ", id";
        }

        /** The same of a position, whose parts begin with {@code prefix}. */
        String position(String prefix) {
            return "%1$skey1, %1$skey2%2$s, %1$sid".formatted(prefix, key3.isEmpty() ? "" : ", " + prefix + "key3");
        }

        String selected() {
            return "%s as key1, %s as key2, %s as key3".formatted(key1, key2, key3.isEmpty() ? "''" : key3);
        }
    }

    static final Sql BY_LETTERS = byName(Names.LETTERS, Keys.LAST_NAME, Keys.FIRST_NAME);
    static final Sql BY_SOUND =
            byName(Names.SOUNDS, Keys.sound("last_name_phonetic"), Keys.sound("first_name_phonetic"));
    static final Sql BY_EMAIL_AND_LETTERS = byContact("email_search = :email", Names.LETTERS);
    static final Sql BY_EMAIL_AND_SOUND = byContact("email_search = :email", Names.SOUNDS);
    static final Sql BY_PHONE_AND_LETTERS = byContact("phone = :phone", Names.LETTERS);
    static final Sql BY_PHONE_AND_SOUND = byContact("phone = :phone", Names.SOUNDS);

    private SearchSql() {}

    private static Sql byName(Names names, Keys ofLast, Keys ofFirst) {
        return Sql.of(BRANCHES
                + """
                by_last as materialized (
                  %s),
                by_first as materialized (
                  %s
                    and (select count(*) from by_last where by_last.n < branch.n) <= :top),
                page as materialized (
                  select row_number() over (order by n, key1, key2, key3, id) as position, *
                  from (select * from by_last union all select * from by_first) found
                  order by n, key1, key2, key3, id
                  limit :top + 1),
                """.formatted(
                                along(NameBranch.Lead.LAST, names.last, names.first, ofLast, names),
                                along(NameBranch.Lead.FIRST, names.first, names.last, ofFirst, names))
                + AuditedPage.endingWith("SEARCH"));
    }

    /**
     * Who is found along the branches of one lead, and not along an earlier branch. Those that lead with the first name are looked along
     * only when earlier ones have not filled the page.
     */
    private static String along(NameBranch.Lead lead, String column, String other, Keys keys, Names names) {
        return """
                select branch.n, hit.*
                from branch
                cross join lateral (
                  select %1$s, %2$s
                  from clients c
                  where c.practice_id = :practice::uuid and c.deleted_at is null
                    and %3$s >= branch.%5$s_low and %3$s <= branch.%5$s_high
                    and coalesce(%4$s, '') >= branch.%6$s_low and coalesce(%4$s, '') <= branch.%6$s_high
                    and (%7$s) > (%8$s)
                    and (:email::text is null or email_search = :email) and (:phone::text is null or phone = :phone)
                    and not exists (select from branch earlier where earlier.n < branch.n and %9$s)
                  order by %7$s
                  limit :top + 1) hit
                where branch.lead = '%10$s' and branch.n >= :after_branch""".formatted(
                        keys.selected(),
                        ClientRow.SUMMARY_COLUMNS,
                        column,
                        other,
                        lead == NameBranch.Lead.LAST ? "last" : "first",
                        lead == NameBranch.Lead.LAST ? "first" : "last",
                        keys.order(),
                        keys.position("branch.after_"),
                        names.match("earlier"),
                        lead);
    }

    private static Sql byContact(String condition, Names names) {
        Keys keys = Keys.LAST_NAME;
        return Sql.of(BRANCHES
                + """
                page as materialized (
                  select row_number() over (order by %1$s) as position, 1 as n, %2$s, %3$s
                  from clients c
                  where practice_id = :practice::uuid and deleted_at is null and %4$s
                    and (:email::text is null or email_search = :email) and (:phone::text is null or phone = :phone)
                    and (%1$s) > (:after_key1, :after_key2, :after_id::uuid)
                    and (cardinality(:leads::text[]) = 0 or exists (select from branch where %5$s))
                  order by %1$s
                  limit :top + 1),
                """.formatted(
                        keys.order(), keys.selected(), ClientRow.SUMMARY_COLUMNS, condition, names.match("branch"))
                + AuditedPage.endingWith("SEARCH"));
    }
}
