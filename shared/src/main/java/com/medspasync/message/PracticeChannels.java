package com.medspasync.message;

import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.Purpose;
import com.medspasync.crypto.RetiredKeys;
import com.medspasync.crypto.SharedSecret;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.message.ChannelChange.Changed;
import com.medspasync.message.ChannelChange.Created;
import com.medspasync.message.ChannelChange.Stale;
import com.medspasync.message.ChannelChange.VersionMissing;
import com.medspasync.repository.Deletion;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The channels that practices have of their own, at most one each. Their secrets are stored encrypted. Thread-safe. */
public final class PracticeChannels {

    private static final Sql FIND = Sql.of("""
            select url, version, created_at, updated_at
            from message_channels
            where practice_id = :practice::uuid and deleted_at is null""");

    private static final Sql OPEN = Sql.of("""
            select url, secret
            from message_channels
            where practice_id = :practice::uuid and deleted_at is null""");

    /** Whether the version that encrypted is one to encrypt under; a rotation moves what stands under any other. */
    private static final String KEY_IN_USE = """
            key_in_use as materialized (
              select exists (
                select from practice_keys
                where practice_id = :practice::uuid and version = :key_version and accepted) as accepted)""";

    /** One that was deleted comes back with a higher version: who still has the tag of the old one changes nothing. */
    private static final Sql CREATE = Sql.of("""
            with %s,
            saved as (
              insert into message_channels (practice_id, url, secret)
              select :practice::uuid, :url, :secret
              from key_in_use
              where accepted
              on conflict (practice_id) do update
              set url = excluded.url, secret = excluded.secret, version = message_channels.version + 1, created_at = now(), updated_at = now(),
                deleted_at = null
              where message_channels.deleted_at is not null
              returning url, version, created_at, updated_at)
            select key_in_use.accepted, saved.*
            from key_in_use
            left join saved on true""".formatted(KEY_IN_USE));

    private static final Sql CHANGE = Sql.of("""
            with %s,
            saved as (
              update message_channels
              set url = :url, secret = case when :rotate then :secret else secret end, version = version + 1, updated_at = now()
              where practice_id = :practice::uuid and version = :version and deleted_at is null
                and (not :rotate or (select accepted from key_in_use))
              returning url, version, created_at, updated_at)
            select key_in_use.accepted or not :rotate as accepted, saved.*
            from key_in_use
            left join saved on true""".formatted(KEY_IN_USE));

    private static final Sql DELETE = Sql.of("""
            with target as materialized (
              select deleted_at
              from message_channels
              where practice_id = :practice::uuid),
            removed as (
              update message_channels
              set deleted_at = now(), secret = null, version = version + 1, updated_at = now()
              where practice_id = :practice::uuid and version = :version and deleted_at is null
              returning id)
            select exists (select from target) as known,
              exists (select from target where deleted_at is not null) or exists (select from removed) as deleted""");

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final FieldCipher cipher;
    private final SecureRandom random;

    public PracticeChannels(PracticeDatabase database, KeyHierarchy keys, FieldCipher cipher, SecureRandom random) {
        this.database = database;
        this.keys = keys;
        this.cipher = cipher;
        this.random = random;
    }

    /** The channel of the caller's practice; empty when it has none of its own. */
    public Optional<PracticeChannel> find(Caller caller) {
        return database.first(caller, FIND.bind(), PracticeChannel::of);
    }

    /**
     * Sets the channel of the caller's practice. One round trip.
     *
     * @param version the one to be changed; null where the caller expects none
     */
    public ChannelChange set(Caller caller, ChannelDraft draft, @Nullable Integer version) {
        WebhookSecret secret = WebhookSecret.random(random);
        RetiredKeys retired = new RetiredKeys(keys, caller.practice());
        while (true) {
            Attempt attempt = attempt(caller, draft, version, secret);
            if (attempt.accepted()) {
                return outcome(attempt.saved(), version, version == null || draft.rotateSecret() ? secret : null);
            }
            retired.lookAgain();
        }
    }

    /** Deletes the channel of the caller's practice and forgets its secret, if it has the version named. */
    public Deletion delete(Caller caller, int version) {
        return database.one(caller, DELETE.bind().integer("version", version), row -> {
            if (row.bool("deleted")) {
                return new Deletion.Deleted();
            }
            return row.bool("known") ? new Deletion.Stale() : new Deletion.Missing();
        });
    }

    /** The way that messages of the caller's practice take; empty when it has none of its own. */
    Optional<MessageChannel> open(Caller caller, Clock clock) {
        return database.first(caller, OPEN.bind(), row -> new Stored(row.text("url"), row.bytes("secret")))
                .map(stored -> WebhookChannel.to(
                        new WebhookUrl(URI.create(stored.url())), opened(caller.practice(), stored.secret()), clock));
    }

    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Stored(String url, byte[] secret) {}

    private record Attempt(boolean accepted, @Nullable PracticeChannel saved) {

        static Attempt of(Row row) {
            return new Attempt(row.bool("accepted"), row.textOrNull("url") == null ? null : PracticeChannel.of(row));
        }
    }

    private Attempt attempt(Caller caller, ChannelDraft draft, @Nullable Integer version, WebhookSecret secret) {
        DataKey key = keys.purposeKey(caller.practice(), Purpose.PRACTICE_FIELDS);
        Query query = (version == null ? CREATE : CHANGE)
                .bind()
                .text("url", draft.url().value().toString())
                .bytes(
                        "secret",
                        cipher.encrypt(
                                key, place(caller.practice()), secret.value().bytes()))
                .integer("key_version", key.version());
        if (version != null) {
            query.bool("rotate", draft.rotateSecret()).integer("version", version);
        }
        return database.one(caller, query, Attempt::of);
    }

    private static ChannelChange outcome(
            @Nullable PracticeChannel saved, @Nullable Integer version, @Nullable WebhookSecret secret) {
        if (saved == null) {
            return version == null ? new VersionMissing() : new Stale();
        }
        return version == null && secret != null ? new Created(saved, secret) : new Changed(saved, secret);
    }

    private WebhookSecret opened(PracticeId practice, byte[] sealed) {
        byte[] bytes = cipher.decrypt(keys.purposeKeys(practice, Purpose.PRACTICE_FIELDS), place(practice), sealed);
        return new WebhookSecret(SharedSecret.copyOf(bytes));
    }

    private static FieldContext place(PracticeId practice) {
        return new FieldContext(practice, "message_channels", "secret", practice.value());
    }
}
