package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.notice.NoticeKind;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the whole schema, whatever migrations made it, to the rules that keep practices apart. */
class CatalogueTest {

    private static final String POLICY =
            "(practice_id = ( SELECT (NULLIF(current_setting('app.current_practice_id'::text, true), ''::text))::uuid AS \"nullif\"))";

    /** Tables and partitioned tables with a practice_id; partitions are tables of their own here. */
    private static final String TENANT_TABLES = """
            select c.oid, c.relname, c.relkind, c.relispartition, c.relrowsecurity, c.relforcerowsecurity
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'practice_id' and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')""";

    private static EmbeddedDatabase database;
    private static Session catalogue;

    @BeforeAll
    static void open() {
        database = EmbeddedDatabase.migrated();
        catalogue = Session.as(database, EmbeddedDatabase.SUPERUSER);
    }

    @AfterAll
    static void close() throws SQLException {
        catalogue.close();
        database.close();
    }

    @Test
    void tenantTables_areThere() throws SQLException {
        assertThat(catalogue.texts("select relname from (" + TENANT_TABLES + ") t where not relispartition"))
                .containsExactlyInAnyOrder(
                        "practices",
                        "practice_keys",
                        "client_keys",
                        "users",
                        "one_time_tokens",
                        "clients",
                        "services",
                        "staff",
                        "appointments",
                        "staff_bookings",
                        "schedule_exceptions",
                        "summary_dirty",
                        "daily_totals",
                        "audit_logs",
                        "audit_subjects",
                        "reconciliation_jobs",
                        "data_retention_policies",
                        "idempotency_keys",
                        "cache_entries",
                        "key_rotations",
                        "key_shreddings",
                        "destroyed_keys",
                        "masked_copies",
                        "password_history",
                        "recovery_codes",
                        "sessions",
                        "emergency_accesses",
                        "notices",
                        "message_channels");
    }

    @Test
    void everyTenantTable_enablesAndForcesRowSecurity() throws SQLException {
        assertThat(catalogue.texts("select relname from (" + TENANT_TABLES
                        + ") t where not (relrowsecurity and relforcerowsecurity)"))
                .isEmpty();
    }

    @Test
    void everyTenantTable_hasOnePolicyForReadsAndWrites() throws SQLException {
        List<List<String>> policies = catalogue.rows("""
                select t.relname, count(p.oid), string_agg(p.polcmd::text || p.polpermissive::text || p.polroles::text, ','),
                  string_agg(pg_get_expr(p.polqual, p.polrelid), ','), string_agg(pg_get_expr(p.polwithcheck, p.polrelid), ',')
                from (%s) t left join pg_policy p on p.polrelid = t.oid
                where not t.relispartition
                group by t.relname""".formatted(TENANT_TABLES));
        assertThat(policies)
                .isNotEmpty()
                .allSatisfy(
                        policy -> assertThat(policy.subList(1, 5)).containsExactly("1", "*true{0}", POLICY, POLICY));
    }

    @Test
    void partitions_haveNoPolicy_soThatNobodyReachesThemPastTheirParent() throws SQLException {
        assertThat(catalogue.texts("select relname from (" + TENANT_TABLES
                        + ") t where relispartition and exists (select from pg_policy p where p.polrelid = t.oid)"))
                .isEmpty();
    }

    @Test
    void nobodyButTheOwner_isGrantedPartitionsOrTheMaterializedView() throws SQLException {
        assertThat(catalogue.texts("""
                select c.relname || ' to ' || coalesce(g.grantee::regrole::text, 'public')
                from pg_class c
                cross join lateral (
                  select (aclexplode(c.relacl)).grantee
                  union select (aclexplode(a.attacl)).grantee from pg_attribute a where a.attrelid = c.oid) g
                where (c.relispartition or c.relkind = 'm') and c.relnamespace = 'public'::regnamespace and g.grantee <> c.relowner""")).isEmpty();
    }

    @Test
    void everyView_isSecurityInvoker_butTheOneOverTheMaterializedView() throws SQLException {
        assertThat(catalogue.rows("""
                select c.relname, c.reloptions::text from pg_class c
                where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
                  and not coalesce(c.reloptions, '{}') @> '{security_invoker=true}'"""))
                .containsExactly(List.of("practice_appointment_summary", "{security_barrier=true}"));
    }

    @Test
    void app_ownsNothing_andHasNoPowers() throws SQLException {
        assertThat(catalogue.rows("""
                select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
                  (select count(*) from pg_shdepend d where d.refobjid = r.oid and d.deptype = 'o'),
                  (select count(*) from pg_auth_members m where m.member = r.oid),
                  has_schema_privilege(r.oid, 'public', 'CREATE')
                from pg_roles r where rolname = 'medspasync_app'""")).containsExactly(List.of("f", "f", "f", "f", "f", "0", "0", "f"));
    }

    @Test
    void everything_belongsToTheOwner() throws SQLException {
        assertThat(catalogue.texts("""
                select relname from pg_class
                where relnamespace = 'public'::regnamespace and relowner <> 'medspasync_owner'::regrole""")).isEmpty();
    }

    @Test
    void app_mayDelete_onlyCacheEntries() throws SQLException {
        assertThat(catalogue.texts("""
                select relname from pg_class
                where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
                  and (has_table_privilege('medspasync_app', oid, 'DELETE') or has_table_privilege('medspasync_app', oid, 'TRUNCATE')
                    or has_table_privilege('medspasync_app', oid, 'TRIGGER') or has_table_privilege('medspasync_app', oid, 'REFERENCES'))""")).containsExactly("cache_entries");
    }

    @Test
    void app_setsOfTheAudit_onlyWhatItCannotForge() throws SQLException {
        assertThat(catalogue.texts("""
                select attname from pg_attribute
                where attrelid = 'audit_logs'::regclass and attnum > 0 and has_column_privilege('medspasync_app', attrelid, attnum, 'INSERT')"""))
                .containsExactlyInAnyOrder(
                        "practice_id",
                        "user_id",
                        "action",
                        "table_name",
                        "record_id",
                        "ip_address",
                        "user_agent",
                        "request_id",
                        "purpose",
                        "details");
        assertThat(catalogue.texts("""
                select attname from pg_attribute
                where attrelid in ('audit_logs'::regclass, 'audit_subjects'::regclass) and attnum > 0
                  and has_column_privilege('medspasync_app', attrelid, attnum, 'UPDATE')""")).isEmpty();
    }

    @Test
    void functions_areNobodysByDefault_andFewRunAsTheOwner() throws SQLException {
        String ours = """
                from pg_proc p
                where p.pronamespace = 'public'::regnamespace
                  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')""";
        assertThat(catalogue.texts(
                        "select proname " + ours + " and has_function_privilege('medspasync_app', oid, 'EXECUTE')"))
                .containsExactlyInAnyOrder(
                        "login_lookup",
                        "audit_digest",
                        "has_key",
                        "keys_destroyed",
                        "require_session",
                        "covers",
                        "works",
                        "refuse",
                        "admitted_practices",
                        "upcoming_with_staff",
                        "upcoming_for_service",
                        "upcoming_of_client");
        assertThat(catalogue.texts("select proname " + ours + " and prosecdef and prorettype <> 'trigger'::regtype"))
                .containsExactlyInAnyOrder(
                        "login_lookup",
                        "premake_partitions",
                        "has_key",
                        "reencrypt_audit_values",
                        "require_session",
                        "admitted_practices");
        // The audit's trigger functions have none, nor has what runs with every request, and nothing that they find by
        // it:
        // docs/decisions/0003, 0018.
        assertThat(catalogue.texts("select proname " + ours
                        + " and prosecdef and prorettype <> 'trigger'::regtype and proname <> 'require_session'"
                        + " and not exists (select from unnest(proconfig) setting where setting like 'search_path=%')"))
                .isEmpty();
        assertThat(catalogue.texts("select proname " + ours
                        + " and prosecdef and prorettype = 'trigger'::regtype and proname not like 'audit\\_%'"))
                .isEmpty();
    }

    @Test
    void everyForeignKeyBetweenTenantTables_carriesThePractice() throws SQLException {
        List<List<String>> keys = catalogue.rows("""
                select f.conrelid::regclass::text || ' to ' || f.confrelid::regclass::text,
                  (select attname from pg_attribute where attrelid = f.conrelid and attnum = f.conkey[1]),
                  (select attname from pg_attribute where attrelid = f.confrelid and attnum = f.confkey[1]),
                  cardinality(f.conkey)
                from pg_constraint f
                where f.contype = 'f' and f.conparentid = 0 and f.connamespace = 'public'::regnamespace""");
        assertThat(keys).hasSizeGreaterThan(10).allSatisfy(key -> {
            if (key.getFirst().endsWith(" to practices")) {
                assertThat(key.subList(1, 4)).containsExactly("practice_id", "id", "1");
            } else {
                assertThat(key.subList(1, 4)).containsExactly("practice_id", "practice_id", "2");
            }
        });
    }

    @Test
    void everyUniqueKeyOfATenantTable_leadsWithThePractice() throws SQLException {
        assertThat(catalogue.texts("""
                select i.indexrelid::regclass::text
                from pg_index i join (%s) t on t.oid = i.indrelid
                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                where i.indisunique and not t.relispartition and a.attname <> 'practice_id'""".formatted(TENANT_TABLES)))
                // A practice is its own; an e-mail address logs in before the practice is known; a hash names no
                // practice.
                .containsExactlyInAnyOrder("practices_pkey", "users_email_unique", "one_time_tokens_token_hash_key");
    }

    @Test
    void everyTextEnum_isHeldByItsCheck() throws SQLException {
        Set<String> roles = Set.of("ADMIN", "STAFF", "MANAGER", "PRACTITIONER");
        Set<String> jobStates = Set.of("PENDING", "PROCESSING", "COMPLETED", "FAILED");
        Map<String, Set<String>> rest = enums();
        assertThat(rest.remove("key_rotations.kind")).containsExactlyInAnyOrder("ROOT", "PRACTICE", "CLIENT");
        assertThat(rest.remove("key_rotations.status")).isEqualTo(jobStates);
        assertThat(rest.remove("key_shreddings.kind")).containsExactlyInAnyOrder("PRACTICE", "CLIENT");
        assertThat(rest.remove("key_shreddings.status"))
                .containsExactlyInAnyOrder("WAITING", "PENDING", "PROCESSING", "COMPLETED", "FAILED", "CANCELLED");
        assertThat(rest.remove("masked_copies.status")).isEqualTo(jobStates);
        assertThat(rest.remove("sessions.end_reason"))
                .containsExactlyInAnyOrder("LOGOUT", "REVOKED", "REUSED", "PASSWORD", "SECOND_FACTOR", "DEACTIVATED");
        assertThat(rest.remove("emergency_accesses.verdict")).containsExactlyInAnyOrder("JUSTIFIED", "UNJUSTIFIED");
        assertThat(rest.remove("appointments.cancellation_reason"))
                .containsExactlyInAnyOrder("CLIENT", "PRACTICE", "NO_SHOW");
        assertThat(rest.remove("notices.kind")).isEqualTo(names(NoticeKind.values()));
        assertThat(rest)
                .isEqualTo(new TreeMap<>(Map.of(
                        "users.role", roles,
                        "staff.role", roles,
                        "clients.status", Set.of("ACTIVE", "VIP", "INACTIVE"),
                        "appointments.status", Set.of("SCHEDULED", "CONFIRMED", "CANCELLED", "COMPLETED"),
                        "appointments.payment_status", Set.of("PENDING", "PAID", "FAILED", "REFUNDED"),
                        "one_time_tokens.purpose",
                                Set.of("FIRST_LOGIN", "INVITATION", "PASSWORD_RESET", "SECOND_FACTOR"),
                        "reconciliation_jobs.status", jobStates,
                        "reconciliation_jobs.algorithm", Set.of("FUZZY_MATCH", "ML_MODEL", "HYBRID"),
                        "data_retention_policies.table_name",
                                Set.of("clients", "appointments", "audit_logs", "reconciliation_jobs"),
                        "audit_logs.action",
                                Set.of(
                                        "CREATE",
                                        "READ",
                                        "SEARCH",
                                        "UPDATE",
                                        "DELETE",
                                        "RESTORE",
                                        "EXPORT",
                                        "LOGIN",
                                        "LOGIN_FAILED",
                                        "LOGOUT",
                                        "LOCKED",
                                        "DENIED",
                                        "BREAK_GLASS",
                                        "ROTATE",
                                        "BACKUP",
                                        "VERIFY",
                                        "ARCHIVE",
                                        "ERASE",
                                        "OVERRIDE"))));
    }

    @Test
    void columnsNamedAsEnums_allHaveACheck() throws SQLException {
        assertThat(catalogue.texts("""
                select t.relname || '.' || a.attname
                from (%s) t join pg_attribute a on a.attrelid = t.oid and a.atttypid = 'text'::regtype
                where not t.relispartition and a.attname in ('role', 'status', 'payment_status', 'action', 'algorithm')""".formatted(TENANT_TABLES)))
                .allSatisfy(column -> assertThat(enums()).containsKey(column));
    }

    @Test
    void noColumn_isFloatingMoneyOrTimeWithoutZoneOrEnum() throws SQLException {
        assertThat(catalogue.texts("""
                select c.relname || '.' || a.attname
                from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                join pg_type y on y.oid = a.atttypid
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'm') and c.relname <> 'flyway_schema_history'
                  and (y.typname in ('float4', 'float8', 'money', 'timestamp', 'varchar', 'bpchar') or y.typtype = 'e')""")).isEmpty();
    }

    private static Set<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).collect(Collectors.toSet());
    }

    /** By table and column, the values of each CHECK of the form "one of these texts". */
    private static Map<String, Set<String>> enums() throws SQLException {
        Map<String, Set<String>> enums = new TreeMap<>();
        for (List<String> row : catalogue.rows("""
                select k.conrelid::regclass::text || '.' || a.attname, v.value[1]
                from pg_constraint k
                join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
                cross join lateral regexp_matches(pg_get_constraintdef(k.oid), '''([A-Za-z_]+)''::text', 'g') v (value)
                where k.contype = 'c' and cardinality(k.conkey) = 1 and k.conparentid = 0 and k.connamespace = 'public'::regnamespace
                  and not exists (select from pg_class c where c.oid = k.conrelid and c.relispartition)
                  and pg_get_constraintdef(k.oid) like 'CHECK ((%% = ANY (ARRAY[%%'""")) {
            enums.computeIfAbsent(row.get(0), column -> new TreeSet<>()).add(row.get(1));
        }
        return enums;
    }
}
