package com.medspasync.functions.local.copy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.functions.AppIdentity;
import com.medspasync.functions.AppSettings;
import com.medspasync.functions.Stores;
import com.medspasync.functions.local.DemoData;
import com.medspasync.functions.local.demo.DemoPractices;
import com.medspasync.functions.local.stack.Postgres;
import com.medspasync.identity.OneTimeToken;
import com.medspasync.input.Parsed;
import com.medspasync.password.Password;
import com.medspasync.password.Passwords;
import com.medspasync.practices.NewPractice;
import com.medspasync.tenant.PracticeId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A masked copy beside other demo data: {@code -Dlocal.copy=DIRECTORY} with the files of one. Its users log in with the demo password. Loading it again
 * adds what is missing and changes nothing.
 */
public final class LoadedCopy implements DemoData {

    private final DemoData others;
    private final Path directory;

    /** @param others loaded before, the first operator among them */
    public LoadedCopy(DemoData others, Path directory) {
        this.others = others;
        this.directory = directory;
    }

    @Override
    public Summary load(AppSettings settings, Optional<OneTimeToken> operatorToken) {
        // Before anything is changed.
        CopyFiles files = CopyFiles.open(directory);
        Summary before = others.load(settings, operatorToken);
        SecureRandom random = new SecureRandom();
        try (PracticeDatabase database =
                PracticeDatabase.open(Postgres.administrator(settings.database().url()))) {
            CopyTarget target = new CopyTarget(
                    database,
                    Stores.rootKeys(
                            settings.keys(),
                            new AppIdentity(settings.identity(), System.getenv()),
                            random,
                            Clock.systemUTC()),
                    random);
            List<String> logins = new ArrayList<>(before.logins());
            logins.addAll(new Loading(files, database, target).run(hash(random)));
            return new Summary(before.contents() + ", and a masked copy of one", logins);
        }
    }

    private static String hash(SecureRandom random) {
        if (Password.chosen(DemoPractices.PASSWORD) instanceof Parsed.Valid<Password>(Password password)) {
            return new Passwords(random)
                    .hash(password)
                    .orElseThrow(() -> new IllegalStateException("nobody else hashes passwords during a start"));
        }
        throw new IllegalStateException("the demo password is against the rules");
    }

    /** One load. */
    private static final class Loading {

        private final CopyFiles files;
        private final CopyTarget target;
        private final PracticeId practice;
        private final CopyRows rows;
        private final Map<String, String> logins = new TreeMap<>();

        Loading(CopyFiles files, PracticeDatabase database, CopyTarget target) {
            this.files = files;
            this.target = target;
            this.practice = new PracticeId(files.manifest().practice());
            this.rows = new CopyRows(database, CopyTarget.caller(practice));
        }

        /** Gives a login for each role. */
        List<String> run(String passwordHash) {
            files.forEachBatch("practices.ndjson", batch -> batch.forEach(this::addPractice));
            files.forEachBatch("users.ndjson", batch -> addUsers(batch, passwordHash));
            files.forEachBatch("clients.ndjson", this::addClients);
            files.forEachBatch("services.ndjson", batch -> rows.add("services.ndjson", batch));
            files.forEachBatch("staff.ndjson", batch -> rows.add("staff.ndjson", batch));
            files.forEachBatch("appointments.ndjson", this::addAppointments);
            rows.book();
            return logins.entrySet().stream()
                    .map(login -> login.getValue() + "  " + DemoPractices.PASSWORD + "  (" + login.getKey() + ")")
                    .toList();
        }

        private void addPractice(JsonNode row) {
            if (!id(row, "id").equals(practice.value())) {
                throw new IllegalStateException("The copy is of another practice than its manifest says");
            }
            if (!target.has(practice)) {
                String phone = text(row, "phone");
                String email = text(row, "email");
                target.create(new NewPractice(
                        practice,
                        row.required("name").textValue(),
                        text(row, "address"),
                        phone == null ? null : new PhoneNumber(phone),
                        email == null ? null : new EmailAddress(email),
                        ZoneId.of(row.required("time_zone").textValue()),
                        text(row, "tax_id"),
                        text(row, "license_number")));
            }
            ObjectNode plain = row.deepCopy();
            rows.finishPractice(plain.without(List.of("tax_id", "license_number")));
        }

        private void addUsers(List<JsonNode> batch, String passwordHash) {
            rows.addUsers(batch, passwordHash);
            for (JsonNode user : batch) {
                if (user.path("active").booleanValue() && !user.has("deleted_at")) {
                    logins.putIfAbsent(
                            user.required("role").textValue(),
                            user.required("email").textValue());
                }
            }
        }

        private void addClients(List<JsonNode> batch) {
            Set<UUID> there =
                    rows.clientsThere(batch.stream().map(row -> id(row, "id")).toList());
            batch.stream()
                    .filter(row -> !there.contains(id(row, "id")))
                    .parallel()
                    .forEach(row -> target.create(
                            practice,
                            id(row, "id"),
                            Instant.parse(row.required("created_at").textValue()),
                            CopiedClient.draft(row)));
            rows.ageClients(batch);
        }

        private void addAppointments(List<JsonNode> batch) {
            rows.makeRoom(batch.stream()
                    .map(row -> Instant.parse(row.required("date_time").textValue()))
                    .toList());
            Map<UUID, byte[]> keys =
                    rows.keysOf(batch.stream().map(row -> id(row, "client_id")).toList());
            rows.add(
                    "appointments.ndjson",
                    batch.stream().map(row -> sealed(row, keys)).toList());
        }

        private JsonNode sealed(JsonNode row, Map<UUID, byte[]> keys) {
            ObjectNode sealed = row.deepCopy();
            String notes = text(row, "notes");
            byte[] ofClient = keys.get(id(row, "client_id"));
            if (notes != null && ofClient != null) {
                byte[] bytes = target.sealNotes(practice, id(row, "id"), id(row, "client_id"), ofClient, notes);
                sealed.put("notes", "\\x" + java.util.HexFormat.of().formatHex(bytes));
            }
            return sealed;
        }

        private static UUID id(JsonNode row, String name) {
            return UUID.fromString(row.required(name).textValue());
        }

        private static @Nullable String text(JsonNode row, String name) {
            return row.path(name).textValue();
        }
    }
}
