package com.medspasync.crypto;

import com.medspasync.tenant.PracticeId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the root key to the key that a field is encrypted with.
 *
 * <pre>
 *   root_n                                          in Key Vault, or in a local file
 *     HKDF(root_n, "kek")                           wraps practices' keys
 *     HKDF(root_n, "platform", purpose)             what belongs to no practice
 *   P_v, a practice's key, random                   stored wrapped
 *     HKDF(P_v, "client-keys")                      wraps clients' keys
 *     HKDF(P_v, "purpose", purpose)                 what belongs to the practice, not to one client
 *     HKDF(P_v, "idx", table, column, v)            blind indexes
 *   C_w, a client's key, random                     stored wrapped: everything about the client
 * </pre>
 *
 * <p>Practices' keys are kept unwrapped for the time to live, renewed in the background after half of it, and so serve
 * that long when their store or the root's is down. A version that is not among them has the store asked once more, at most
 * once a second for each practice. Clients' keys are never kept: they come with the client's row, so deleting one takes effect with
 * the next read on every instance. Thread-safe.
 */
public final class KeyHierarchy {

    private static final Logger LOG = LoggerFactory.getLogger(KeyHierarchy.class);
    private static final int MOST_PRACTICES = 10_000;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RootKeys roots;
    private final WrappedPracticeKeys stored;
    private final Envelope envelope;
    private final SecureRandom random;
    private final PracticeKeyCache practices;

    /** @param timeToLive how long a practice's keys serve after they were last read; at least 2 seconds */
    public KeyHierarchy(
            RootKeys roots,
            WrappedPracticeKeys stored,
            Envelope envelope,
            SecureRandom random,
            Clock clock,
            Duration timeToLive) {
        this.roots = roots;
        this.stored = stored;
        this.envelope = envelope;
        this.random = random;
        this.practices = new PracticeKeyCache(this::load, MOST_PRACTICES, timeToLive, PAUSE, clock);
    }

    /**
     * The first key of a new practice, accepted and wrapped under the newest root key, for the caller to store.
     *
     * @throws KeysUnavailable when the root key cannot be had at present
     */
    public WrappedPracticeKey createPracticeKey(PracticeId practice) {
        return createPracticeKey(practice, 1, 0);
    }

    /**
     * As {@link #createPracticeKey(PracticeId)}, for a practice that has versions up to {@code version - 1}.
     *
     * @param clients how many it has, for whom its blind indexes are planned
     */
    public WrappedPracticeKey createPracticeKey(PracticeId practice, int version, long clients) {
        DataKey wrapping = wrappingKeys().current();
        byte[] wrapped = envelope.wrap(wrapping, practiceKeyContext(practice, version), Secret.random(random));
        int indexBits = BlindIndexPlan.forPractice(clients).bits();
        return new WrappedPracticeKey(version, wrapping.version(), wrapped, true, true, indexBits);
    }

    /**
     * The first key of a new client, for the caller to store with it.
     *
     * @throws UnknownKeyVersion when the practice has no key
     */
    public NewClientKey createClientKey(PracticeId practice, UUID client) {
        return createClientKey(practice, client, 1);
    }

    /** As {@link #createClientKey(PracticeId, UUID)}, for a client that has versions up to {@code version - 1}. */
    public NewClientKey createClientKey(PracticeId practice, UUID client, int version) {
        DataKey wrapping = currentVersion(practice).wrapping();
        DataKey key = new DataKey(version, Secret.random(random));
        byte[] wrapped = envelope.wrap(wrapping, ClientKeys.context(practice, client, version), key.secret());
        return new NewClientKey(key, wrapped, wrapping.version());
    }

    /**
     * A practice's key as it is wrapped under another version of the root.
     *
     * @throws TamperedCiphertext when {@code wrapped} is not that version of the practice's key
     */
    public byte[] rewrapPracticeKey(PracticeId practice, int version, byte[] wrapped, int toRoot) {
        SealContext place = practiceKeyContext(practice, version);
        return envelope.rewrap(wrappingKeys(), place, wrapped, toRoot);
    }

    /**
     * A client's key as it is wrapped under another version of the practice's key.
     *
     * @throws TamperedCiphertext when {@code wrapped} is not that version of the client's key
     */
    public byte[] rewrapClientKey(PracticeId practice, UUID client, int version, byte[] wrapped, int toPracticeKey) {
        DataKeys wrapping = practiceKeys(practice, PracticeKeys.Version::wrapping);
        return envelope.rewrap(wrapping, ClientKeys.context(practice, client, version), wrapped, toPracticeKey);
    }

    /**
     * The keys of a client, from what was stored of them; unwrapped as they are needed.
     *
     * @param packed for each version, ascending: the version in 4 bytes, big-endian, then the wrapped key; in SQL
     *     {@code string_agg(int4send(version) || wrapped, ''::bytea order by version)}. Empty when the keys are deleted: then no
     *     version is known.
     * @throws TamperedCiphertext when it has another shape
     */
    public DataKeys openClientKeys(PracticeId practice, UUID client, byte[] packed) {
        return new ClientKeys(
                envelope, practiceKeys(practice, PracticeKeys.Version::wrapping), practice, client, packed);
    }

    /**
     * Looks for new versions of the practice's key, unless that was done within the last second. For a writer whose statement was
     * refused because the version it encrypted under is no longer accepted, before it tries again.
     */
    public void refresh(PracticeId practice) {
        practices.lookAgain(practice);
    }

    /** The same for the root key, for a writer that was refused because the root's version is retired. */
    public void refreshRoot() {
        roots.refresh();
    }

    /** The key to encrypt with for {@code purpose}: of the practice's newest accepted version. */
    public DataKey purposeKey(PracticeId practice, Purpose purpose) {
        return currentVersion(practice).purpose(purpose);
    }

    /**
     * The key to encrypt with for {@code purpose} under a practice's key that is not stored yet.
     *
     * @param created what {@link #createPracticeKey} gave for the practice
     */
    public DataKey purposeKey(PracticeId practice, WrappedPracticeKey created, Purpose purpose) {
        Secret secret =
                envelope.unwrap(wrappingKeys(), practiceKeyContext(practice, created.version()), created.wrapped());
        return new PracticeKeys.Version(created.version(), secret).purpose(purpose);
    }

    /** The keys for {@code purpose}, of each version of the practice's key. */
    public DataKeys purposeKeys(PracticeId practice, Purpose purpose) {
        return practiceKeys(practice, version -> version.purpose(purpose));
    }

    /**
     * The keys of a column's blind index: of each version of the practice's key that indexes are kept under, ascending, one or
     * two of them. A statement that writes an index names these versions and is refused when they are no longer the ones.
     *
     * @throws UnknownKeyVersion when there is none, or one of them cannot be opened
     */
    public List<IndexKey> indexKeys(PracticeId practice, String table, String column) {
        return practices
                .get(practice)
                .indexKeys(table, column)
                .filter(keys -> !keys.isEmpty())
                .orElseThrow(() -> new UnknownKeyVersion("practice " + practice + " lacks a key for its indexes"));
    }

    /** The keys for what belongs to no practice, of each version of the root key. */
    public DataKeys platformKeys(PlatformPurpose purpose) {
        return rootKeys(root -> Hkdf.derive(root, "platform", purpose.label()));
    }

    /** The keys that wrap practices' keys. */
    private DataKeys wrappingKeys() {
        return rootKeys(root -> Hkdf.derive(root, "kek"));
    }

    private DataKeys rootKeys(UnaryOperator<Secret> derivation) {
        return new DataKeys() {
            @Override
            public DataKey current() {
                return derived(roots.current());
            }

            @Override
            public DataKey version(int version) {
                return derived(roots.version(version));
            }

            private DataKey derived(RootKey root) {
                return new DataKey(root.version(), derivation.apply(root.secret()));
            }
        };
    }

    private DataKeys practiceKeys(PracticeId practice, Function<PracticeKeys.Version, DataKey> derivation) {
        return new DataKeys() {
            @Override
            public DataKey current() {
                return derivation.apply(currentVersion(practice));
            }

            @Override
            public DataKey version(int version) {
                return derivation.apply(anyVersion(practice, version));
            }
        };
    }

    private PracticeKeys.Version currentVersion(PracticeId practice) {
        PracticeKeys keys = practices.get(practice);
        return keys.find(keys.newestAccepted())
                .orElseThrow(() -> new UnknownKeyVersion("practice " + practice + " has no key to encrypt with"));
    }

    private PracticeKeys.Version anyVersion(PracticeId practice, int version) {
        Optional<PracticeKeys.Version> known = practices.get(practice).find(version);
        return known.or(() -> practices.lookAgain(practice).find(version))
                .orElseThrow(() -> new UnknownKeyVersion("practice " + practice + " has no key version " + version));
    }

    private PracticeKeys load(PracticeId practice) {
        List<WrappedPracticeKey> wrapped = stored.load(practice);
        if (wrapped.isEmpty()) {
            return PracticeKeys.NONE;
        }
        Map<Integer, PracticeKeys.Version> versions = new HashMap<>();
        SortedMap<Integer, Integer> indexBits = new TreeMap<>();
        int newestAccepted = 0;
        for (WrappedPracticeKey key : wrapped) {
            unwrap(practice, key).ifPresent(version -> versions.put(key.version(), version));
            newestAccepted = Math.max(newestAccepted, key.accepted() ? key.version() : 0);
            if (key.indexed()) {
                indexBits.put(key.version(), key.indexBits());
            }
        }
        return new PracticeKeys(versions, newestAccepted, indexBits);
    }

    /** One version that cannot be opened must not take the others with it; to whoever needs it, it is not there. */
    private Optional<PracticeKeys.Version> unwrap(PracticeId practice, WrappedPracticeKey key) {
        try {
            Secret secret = envelope.unwrap(wrappingKeys(), practiceKeyContext(practice, key.version()), key.wrapped());
            return Optional.of(new PracticeKeys.Version(key.version(), secret));
        } catch (TamperedCiphertext | UnknownKeyVersion e) {
            LOG.error("Key version {} of practice {} cannot be opened", key.version(), practice, e);
            return Optional.empty();
        }
    }

    private static SealContext practiceKeyContext(PracticeId practice, int version) {
        return new EntryContext(practice, "practice_keys", "wrapped", Integer.toString(version));
    }
}
