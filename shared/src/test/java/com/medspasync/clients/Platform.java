package com.medspasync.clients;

import com.fasterxml.uuid.Generators;
import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.LocalRootKeys;
import com.medspasync.crypto.Rotation;
import com.medspasync.database.DatabaseSettings;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.idempotency.Idempotency;
import com.medspasync.keyring.WrappedKeyCache;
import com.medspasync.practices.NewPractice;
import com.medspasync.practices.PracticeKeyStore;
import com.medspasync.practices.Practices;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Pages;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that clients stand on, wired as the application wires it, on a database of its own. */
public final class Platform {

    private static final Supplier<UUID> IDS = Generators.timeBasedEpochRandomGenerator()::generate;

    private final EmbeddedDatabase behind;
    private final Path keyFile;
    private final LocalRootKeys roots;
    private final Envelope envelope;
    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final FieldCipher cipher;
    private final Idempotency idempotency;
    private final Cursors cursors;
    private final Practices practices;

    private Platform(EmbeddedDatabase behind, DatabaseSettings settings, Path keyFile) {
        SecureRandom random = new SecureRandom();
        this.envelope = new Envelope(random);
        this.behind = behind;
        this.keyFile = keyFile;
        this.roots = new LocalRootKeys(keyFile, Map.of(), random, Clock.systemUTC());
        roots.createIfAbsent();
        this.database = behind.open(settings);
        this.keys = newKeys();
        this.cipher = new FieldCipher(envelope);
        this.idempotency = new Idempotency(keys, envelope, IDS);
        this.cursors = new Cursors(keys, envelope);
        this.practices = new Practices(database, keys, cipher);
    }

    /** A platform on {@code behind}, with root keys of its own. */
    public static Platform on(EmbeddedDatabase behind) {
        return on(behind, behind.settings(EmbeddedDatabase.APP));
    }

    /** As {@link #on(EmbeddedDatabase)}, that reaches the database as {@code settings} say. */
    public static Platform on(EmbeddedDatabase behind, DatabaseSettings settings) {
        return new Platform(behind, settings, newKeyFile());
    }

    /** A second process of this platform, which shares the database and the root keys and nothing else. */
    public Platform another(DatabaseSettings settings) {
        return new Platform(behind, settings, keyFile);
    }

    /** Keys as a process has them that has read none yet. */
    public KeyHierarchy newKeys() {
        return new KeyHierarchy(
                roots,
                new PracticeKeyStore(database, IDS),
                envelope,
                new SecureRandom(),
                Clock.systemUTC(),
                Duration.ofMinutes(10));
    }

    private static Path newKeyFile() {
        try {
            Path directory = Files.createTempDirectory("medspasync-keys-");
            directory.toFile().deleteOnExit();
            Path file = directory.resolve("root-keys");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The repository, as a process has it that has not seen any client yet. */
    public Clients clients() {
        return new Clients(database, keys, cipher, new WrappedKeyCache(), idempotency, cursors, Clock.systemUTC(), IDS);
    }

    /** The repository, as a process has it that has read no practice's keys either. */
    public Clients clientsWithNewKeys() {
        KeyHierarchy own = newKeys();
        return new Clients(
                database,
                own,
                cipher,
                new WrappedKeyCache(),
                new Idempotency(own, envelope, IDS),
                new Cursors(own, envelope),
                Clock.systemUTC(),
                IDS);
    }

    /** A new practice with its key. */
    public PracticeId practice(String name) {
        PracticeId id = new PracticeId(IDS.get());
        practices.create(
                new NewPractice(
                        id,
                        name,
                        "5 Spa Avenue",
                        new PhoneNumber("+12125550100"),
                        new EmailAddress("desk@" + name + ".example"),
                        ZoneId.of("America/New_York"),
                        "12-3456789",
                        "NY-0042"),
                new Origin("203.0.113.1", "curl/8", UUID.randomUUID()));
        return id;
    }

    /**
     * Stores a further version of a practice's key, as a rotation does: accepted, and with blind indexes kept under it beside those of
     * the version before.
     */
    public Rotation addPracticeKey(PracticeId practice, int version) {
        Rotation rotation = Rotation.to(version, practice);
        execute("insert into practice_keys (practice_id, version, root_version, wrapped) values ('%s', %d, 1, '\\x%s')"
                .formatted(practice, version, HexFormat.of().formatHex(rotation.practiceKey(roots))));
        return rotation;
    }

    /** What the superuser sees: each row's columns as text, joined by {@code |}. */
    public List<String> rows(String sql, @Nullable Object... parameters) {
        try (Connection connection = behind.connect(EmbeddedDatabase.SUPERUSER);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    StringJoiner row = new StringJoiner("|");
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.add(result.getString(i));
                    }
                    rows.add(row.toString());
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs statements as the superuser. */
    public void execute(String... statements) {
        behind.execute(statements);
    }

    /** What the audit says was done with a record, in order: by rows of its own, and by rows that it is a subject of. */
    public List<String> audited(UUID record) {
        return rows("select action from disclosures where record_id = ? order by timestamp, audit_id", record);
    }

    public LocalRootKeys roots() {
        return roots;
    }

    public PracticeDatabase database() {
        return database;
    }

    public KeyHierarchy keys() {
        return keys;
    }

    public FieldCipher cipher() {
        return cipher;
    }

    public Idempotency idempotency() {
        return idempotency;
    }

    public Pages pages() {
        return new Pages(cursors);
    }
}
