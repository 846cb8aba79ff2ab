package com.medspasync.functions.local.demo;

import com.medspasync.clients.ClientDraft;
import com.medspasync.clients.ClientFilter;
import com.medspasync.clients.Clients;
import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.functions.AppSettings;
import com.medspasync.functions.Features;
import com.medspasync.functions.Stores;
import com.medspasync.functions.local.DemoData;
import com.medspasync.identity.OneTimeToken;
import com.medspasync.identity.Redemption;
import com.medspasync.identity.UserCreation;
import com.medspasync.identity.Users;
import com.medspasync.input.Parsed;
import com.medspasync.password.Password;
import com.medspasync.practices.AccessPolicyPatch;
import com.medspasync.practices.NewPractice;
import com.medspasync.reporting.SummaryRefresh;
import com.medspasync.repository.Creation;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two practices to try the platform on, with a user of each role, some thousand clients and six weeks of appointments each. */
public final class DemoPractices implements DemoData {

    /** What everybody here logs in with. */
    public static final String PASSWORD = "Demo-Password-1";

    private static final int CLIENTS = 2_000;
    private static final int AT_ONCE = 4;
    /** The platform's first operator. */
    public static final String OPERATOR = "operator@medspasync.example";

    private static final List<Role> ROLES = List.of(Role.ADMIN, Role.MANAGER, Role.PRACTITIONER, Role.STAFF);

    /** The ids are fixed, so that a run that was broken off goes on where it was. */
    private enum Demo {
        GLOW("Glow Medical Spa", "America/Los_Angeles", 1),
        RADIANCE("Radiance Aesthetics", "America/New_York", 2);

        private final String title;
        private final ZoneId zone;
        private final long number;

        Demo(String title, String zone, long number) {
            this.title = title;
            this.zone = ZoneId.of(zone);
            this.number = number;
        }

        PracticeId id() {
            return new PracticeId(new UUID(0x0190A00000007000L, 0x8000000000000000L | number));
        }

        String domain() {
            return name().toLowerCase(Locale.ROOT) + ".example";
        }
    }

    private final int clients;
    private final boolean appointments;

    public DemoPractices() {
        this(CLIENTS, true);
    }

    /**
     * Practices without appointments, whose days are those of a test.
     *
     * @param clients how many each practice has
     */
    public DemoPractices(int clients) {
        this(clients, false);
    }

    private DemoPractices(int clients, boolean appointments) {
        this.clients = clients;
        this.appointments = appointments;
    }

    /** The same practices with appointments. */
    public DemoPractices withAppointments() {
        return new DemoPractices(clients, true);
    }

    @Override
    public Summary load(AppSettings settings, Optional<OneTimeToken> operatorToken) {
        SecureRandom random = new SecureRandom();
        Clock clock = Clock.systemUTC();
        try (Stores stores = new Stores(settings, random, clock);
                ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            Features features = Features.on(stores, random, clock);
            operatorToken.ifPresent(token -> operator(token, features));
            for (Demo demo : Demo.values()) {
                load(demo, features, threads);
            }
            if (appointments) {
                appointments(stores, features, threads, clock);
            }
        }
        return summary();
    }

    /** The summary shows them when the platform is there; the timer would have it do so some minutes later. */
    private static void appointments(Stores stores, Features features, ExecutorService threads, Clock clock) {
        boolean added = false;
        for (Demo demo : Demo.values()) {
            Caller platform = Caller.platform(demo.id(), origin());
            added |= new DemoAppointments(features, platform, demo.zone, demo.number, clock.instant()).load(threads);
        }
        if (added) {
            stores.maintenance().ifPresent(database -> new SummaryRefresh(database, UUID::randomUUID, clock).run());
        }
    }

    /** Elsewhere operators set up a second factor with their first login; here they may. */
    private static void operator(OneTimeToken token, Features features) {
        Redemption redeemed = features.identity().oneTimeTokens().redeem(token.reveal(), password(), origin());
        if (!(redeemed instanceof Redemption.Redeemed)) {
            throw new IllegalStateException("the operator's token was not redeemed: " + redeemed);
        }
        Caller platform = Caller.platform(PracticeId.PLATFORM, origin());
        features.accessPolicies().change(platform, new AccessPolicyPatch(Set.of(), null, null), null);
    }

    private Summary summary() {
        List<String> logins = new ArrayList<>();
        for (Demo demo : Demo.values()) {
            for (Role role : ROLES) {
                logins.add(login(role, demo) + "  " + PASSWORD);
            }
        }
        logins.add(OPERATOR + "  " + PASSWORD);
        return new Summary(
                Demo.values().length + " practices, " + clients + " clients each"
                        + (appointments ? ", six weeks of appointments" : ""),
                logins);
    }

    private void load(Demo demo, Features features, ExecutorService threads) {
        if (!features.practices().exists(demo.id(), origin())) {
            features.practices().create(practice(demo), origin());
        }
        long present = features.clients().count(Caller.platform(demo.id(), origin()), ClientFilter.all());
        if (present == 0) {
            // Before the first client; a later start need not hash a password to find them there.
            ROLES.forEach(role -> user(features.identity().users(), demo.id(), login(role, demo), role));
        }
        new DemoCatalogue(features, Caller.platform(demo.id(), origin()), demo.domain()).load();
        People people = new People(new SplittableRandom(demo.number));
        List<Future<?>> pending = new ArrayList<>();
        for (int number = 1; number <= clients; number++) {
            ClientDraft draft = people.next(number);
            if (number > present) {
                pending.add(threads.submit(() -> create(features.clients(), demo.id(), draft)));
            }
        }
        pending.forEach(DemoPractices::join);
    }

    private static void create(Clients clients, PracticeId practice, ClientDraft draft) {
        // Taken: a run that was broken off had stored this one and not all before it.
        switch (clients.create(Caller.platform(practice, origin()), draft)) {
            case Creation.Created<?> created -> {}
            case Creation.Taken<?> taken -> {}
            case Creation.Replayed<?> other -> throw new IllegalStateException("without a key nothing is replayed");
            case Creation.Mismatch<?> other -> throw new IllegalStateException("without a key nothing mismatches");
            case Creation.Refused<?> other -> throw new IllegalStateException("demo clients refer to nothing");
            case Creation.InProgress<?> other -> throw new IllegalStateException("without a key nobody waits");
        }
    }

    private static void user(Users users, PracticeId practice, String email, Role role) {
        UserCreation creation =
                users.create(Caller.platform(practice, origin()), new EmailAddress(email), role, password());
        if (creation instanceof UserCreation.Busy) {
            throw new IllegalStateException("nobody else hashes passwords during a start");
        }
    }

    private static Password password() {
        if (Password.chosen(PASSWORD) instanceof Parsed.Valid<Password>(Password password)) {
            return password;
        }
        throw new IllegalStateException("the demo password is against the rules");
    }

    private static NewPractice practice(Demo demo) {
        return new NewPractice(
                demo.id(),
                demo.title,
                "100 Main Street",
                new PhoneNumber("+14155550100"),
                new EmailAddress("desk@" + demo.domain()),
                demo.zone,
                "12-3456789",
                "MS-0042-" + demo.name());
    }

    private static String login(Role role, Demo demo) {
        return role.name().toLowerCase(Locale.ROOT) + "@" + demo.domain();
    }

    private static Origin origin() {
        return new Origin(null, "demo-data", UUID.randomUUID());
    }

    static void join(Future<?> pending) {
        try {
            pending.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a demo record was not stored", e.getCause());
        }
    }
}
