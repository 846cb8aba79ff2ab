package com.medspasync.clients;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.found;
import static com.medspasync.clients.Outcomes.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.crypto.TamperedCiphertext;
import com.medspasync.crypto.UnknownKeyVersion;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.tenant.Caller;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever reads or writes the tables themselves gets of clients. */
class ClientsAtRestTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final Clients clients = PLATFORM.clients();
    private final Caller admin = Examples.admin(PLATFORM.practice("glow"));

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void encryptedColumns_ofARecord_areByteaThatBeginsWithTheMagicByte() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        for (SealedColumn column : SealedColumn.values()) {
            assertThat(PLATFORM.rows(
                            "select pg_typeof(%1$s), get_byte(%1$s, 0) = 77 from clients where id = ?"
                                    .formatted(column.column()),
                            jane.id()))
                    .as(column.column())
                    .containsExactly("bytea|t");
        }
    }

    @Test
    void record_inAnyTable_showsNothingThatIsEncrypted() {
        ClientDraft draft = Examples.jane();
        ClientView jane = created(clients.create(admin, draft));
        updated(clients.update(admin, jane.id(), 1, Examples.patch("{\"notes\": \"Prefers evenings.\"}")));
        String digits = Objects.requireNonNull(draft.ssn()).digits();
        String[] secrets = {digits, "1984-02-29", "lidocaine", "mornings", "evenings", "Main Street", "husband"};
        for (String table :
                new String[] {"clients", "audit_logs", "client_keys", "idempotency_keys", "audit_subjects"}) {
            String all = String.join("\n", PLATFORM.rows("select t::text from " + table + " t"));
            assertThat(all).as(table).doesNotContain(secrets);
            assertThat(all)
                    .as(table)
                    .doesNotContain(Stream.of(secrets)
                            .map(secret -> HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)))
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource(SealedColumn.class)
    void findById_ciphertextOfAnotherClient_failsClosedWithoutPhi(SealedColumn column) {
        ClientDraft draft = Examples.jane();
        ClientView jane = created(clients.create(admin, draft));
        ClientView other = created(clients.create(admin, Examples.jane()));
        PLATFORM.execute("update clients set %1$s = (select %1$s from clients where id = '%2$s') where id = '%3$s'"
                .formatted(column.column(), jane.id(), other.id()));
        assertThatThrownBy(() -> clients.findById(admin, other.id()))
                .isInstanceOf(TamperedCiphertext.class)
                .hasMessageContainingAll(
                        "clients." + column.column(), other.id().toString())
                .hasMessageNotContainingAny(Objects.requireNonNull(draft.ssn()).digits(), "1984", "lidocaine", "Jane");
        assertThat(found(clients.findById(admin, jane.id()))).isEqualTo(jane);
    }

    @Test
    void findById_ciphertextOfAnotherColumn_failsClosed() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        PLATFORM.execute("update clients set notes = medical_history where id = '%s'".formatted(jane.id()));
        assertThatThrownBy(() -> clients.findById(admin, jane.id())).isInstanceOf(TamperedCiphertext.class);
    }

    @Test
    void findById_ciphertextAndKeyOfAnotherClient_failsClosed() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        ClientView other = created(clients.create(admin, Examples.jane()));
        PLATFORM.execute(
                "update clients set ssn = (select ssn from clients where id = '%s') where id = '%s'"
                        .formatted(jane.id(), other.id()),
                "update client_keys set wrapped = (select wrapped from client_keys where client_id = '%s') where client_id = '%s'"
                        .formatted(jane.id(), other.id()));
        assertThatThrownBy(() -> clients.findById(admin, other.id())).isInstanceOf(TamperedCiphertext.class);
    }

    @Test
    void findById_keyDeleted_failsClosedEvenWhereTheKeyWasInUse() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        PLATFORM.execute("delete from client_keys where client_id = '%s'".formatted(jane.id()));
        assertThatThrownBy(() -> clients.findById(admin, jane.id())).isInstanceOf(UnknownKeyVersion.class);
        assertThatThrownBy(() -> clients.update(admin, jane.id(), 1, Examples.patch("{\"notes\": \"x\"}")))
                .isInstanceOf(UnknownKeyVersion.class);
        assertThat(PLATFORM.rows("select version from clients where id = ?", jane.id()))
                .containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clients",
                "client_keys",
                "practice_keys",
                "practices",
                "idempotency_keys",
                "audit_logs",
                "audit_subjects"
            })
    void table_asTheApplicationWithoutAPractice_showsNoRow(String table) throws SQLException {
        created(clients.create(admin, Examples.jane()));
        clients.findAll(admin, ClientFilter.all());
        try (Connection connection = DATABASE.connect(EmbeddedDatabase.APP);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            assertThat(rows.getLong(1)).isZero();
        }
    }
}
