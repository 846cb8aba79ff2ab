package com.medspasync.functions.local.demo;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.functions.Features;
import com.medspasync.identity.User;
import com.medspasync.identity.UserFilter;
import com.medspasync.identity.UserOrder;
import com.medspasync.input.Change;
import com.medspasync.practices.Practice;
import com.medspasync.practices.PracticePatch;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Paging;
import com.medspasync.schedule.DayHours;
import com.medspasync.schedule.TimeRange;
import com.medspasync.schedule.WeekHours;
import com.medspasync.services.Service;
import com.medspasync.services.ServiceDraft;
import com.medspasync.services.ServiceFilter;
import com.medspasync.staff.ExceptionDraft;
import com.medspasync.staff.ExceptionFilter;
import com.medspasync.staff.StaffDraft;
import com.medspasync.staff.StaffFilter;
import com.medspasync.staff.StaffMember;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Role;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a demo practice offers, who works in it, and when. Stores what is missing: a second run changes nothing. */
final class DemoCatalogue {

    /** On which the practice is closed. */
    static final LocalDate HOLIDAY = LocalDate.of(2026, 12, 25);

    private static final List<ServiceDraft> SERVICES = List.of(
            service("Hydrating facial", "Facials", 60, 5, 15, "145.00"),
            service("Chemical peel", "Facials", 45, 10, 20, "180.00"),
            service("Botulinum toxin", "Injectables", 30, 5, 10, "390.00"),
            service("Dermal filler", "Injectables", 60, 10, 15, "725.00"),
            service("Laser hair removal", "Laser", 45, 10, 15, "260.00"),
            service("Laser skin resurfacing", "Laser", 90, 15, 30, "950.00"),
            service("Body contouring", "Body", 75, 10, 15, "540.00"),
            service("Lymphatic massage", "Body", 50, 0, 10, "120.00"));

    private static final List<Person> PEOPLE = List.of(
            new Person("admin", "Maria", "Alvarez", Role.ADMIN, List.of("Injectables")),
            new Person("manager", "Thomas", "Okafor", Role.MANAGER, List.of()),
            new Person("practitioner", "Ingrid", "Larsen", Role.PRACTITIONER, List.of("Injectables", "Laser")),
            new Person("grace", "Grace", "Kim", Role.PRACTITIONER, List.of("Facials", "Body")),
            new Person("emeka", "Emeka", "Obi", Role.PRACTITIONER, List.of("Laser", "Facials", "Body")),
            new Person("staff", "Jia", "Chen", Role.STAFF, List.of()));

    private final Features features;
    private final Caller caller;
    private final String domain;

    /** @param mailbox of the login; who has none yet is invited */
    private record Person(String mailbox, String firstName, String lastName, Role role, List<String> specializations) {}

    DemoCatalogue(Features features, Caller caller, String domain) {
        this.features = features;
        this.caller = caller;
        this.domain = domain;
    }

    void load() {
        hours();
        services();
        staff();
        holiday();
    }

    /** Until somebody has changed them: then the practice has hours, or a later version than its first. */
    private void hours() {
        UUID id = caller.practice().value();
        if (features.practiceSettings().find(caller, id) instanceof Lookup.Found<Practice>(Practice practice)
                && practice.openingHours() == null
                && practice.version() == 1) {
            var unused = features.practiceSettings()
                    .update(
                            caller,
                            id,
                            practice.version(),
                            new PracticePatch(
                                    null,
                                    new Change.Keep<>(),
                                    new Change.Keep<>(),
                                    new Change.Keep<>(),
                                    new Change.Keep<>(),
                                    new Change.Keep<>(),
                                    null,
                                    new Change.Set<>(week(new TimeRange(8 * 60, 20 * 60), DayOfWeek.SATURDAY)),
                                    null,
                                    null,
                                    new Change.Set<>(24)));
        }
    }

    private void services() {
        Set<String> there = items(features.services().findAll(caller, ServiceFilter.all())).stream()
                .map(Service::name)
                .collect(Collectors.toSet());
        SERVICES.stream()
                .filter(draft -> !there.contains(draft.name()))
                .forEach(draft -> require(features.services().create(caller, draft)));
    }

    private void staff() {
        Set<UUID> there = items(features.staff().findAll(caller, StaffFilter.all())).stream()
                .map(StaffMember::userId)
                .collect(Collectors.toSet());
        if (there.size() < PEOPLE.size()) {
            Map<String, UUID> users = users();
            for (Person person : PEOPLE) {
                EmailAddress email = new EmailAddress(person.mailbox() + "@" + domain);
                UUID user = users.get(email.value());
                if (user == null) {
                    features.identity().users().create(caller, email, person.role(), null);
                    user = users().get(email.value());
                }
                if (user != null && !there.contains(user)) {
                    require(features.staff().create(caller, draft(person, user, email)));
                }
            }
        }
    }

    private Map<String, UUID> users() {
        UserFilter all = new UserFilter(null, null, UserOrder.CREATED_ASCENDING, Paging.MOST, null);
        Map<String, UUID> users = new HashMap<>();
        if (features.identity().directory().list(caller, all) instanceof Lookup.Found<Listing<User>>(var listing)) {
            items(listing).forEach(user -> users.put(user.email().value(), user.id()));
        }
        return users;
    }

    private void holiday() {
        ExceptionFilter that = new ExceptionFilter(null, HOLIDAY, HOLIDAY, 1, null);
        if (features.scheduleExceptions().count(caller, that) == 0) {
            require(features.scheduleExceptions()
                    .create(caller, new ExceptionDraft(null, HOLIDAY, HOLIDAY, DayHours.NONE, "Christmas Day")));
        }
    }

    private static StaffDraft draft(Person person, UUID user, EmailAddress email) {
        return new StaffDraft(
                user,
                new PersonName(person.firstName()),
                new PersonName(person.lastName()),
                person.role(),
                person.specializations(),
                new PhoneNumber("+14155550101"),
                email,
                week(new TimeRange(9 * 60, 17 * 60 + 30), null),
                new BigDecimal(person.role() == Role.PRACTITIONER ? "68.00" : "32.50"),
                true);
    }

    /** From Monday to Friday, and on {@code more}. */
    private static WeekHours week(TimeRange day, @Nullable DayOfWeek more) {
        Map<DayOfWeek, DayHours> days = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek each : DayOfWeek.values()) {
            if (each.compareTo(DayOfWeek.FRIDAY) <= 0 || each == more) {
                days.put(each, new DayHours(List.of(day)));
            }
        }
        return new WeekHours(days);
    }

    private static ServiceDraft service(
            String name, String category, int duration, int before, int after, String price) {
        return new ServiceDraft(name, category, null, duration, before, after, new BigDecimal(price), true);
    }

    static <T> List<T> items(Listing<T> listing) {
        return page(listing).items();
    }

    static <T> Listing.Page<T> page(Listing<T> listing) {
        return switch (listing) {
            case Listing.Page<T> page -> page;
            case Listing.BadCursor<T>() -> throw new IllegalStateException("a cursor of our own is good");
        };
    }

    private static void require(Creation<?> creation) {
        if (!(creation instanceof Creation.Created<?>)) {
            throw new IllegalStateException("a demo record was not stored: " + creation);
        }
    }
}
