package com.medspasync.functions.local.demo;

import com.medspasync.appointments.Appointment;
import com.medspasync.appointments.AppointmentChange;
import com.medspasync.appointments.AppointmentDraft;
import com.medspasync.appointments.AppointmentFilter;
import com.medspasync.appointments.AppointmentPatch;
import com.medspasync.appointments.AppointmentStatus;
import com.medspasync.appointments.AppointmentView;
import com.medspasync.appointments.Booking;
import com.medspasync.appointments.CancellationReason;
import com.medspasync.appointments.PaymentStatus;
import com.medspasync.clients.ClientFilter;
import com.medspasync.clients.ClientOrder;
import com.medspasync.clients.ClientSummaryView;
import com.medspasync.functions.Features;
import com.medspasync.functions.local.demo.DemoDiary.Entry;
import com.medspasync.functions.local.demo.DemoDiary.Fate;
import com.medspasync.input.Change;
import com.medspasync.input.Violation;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Paging;
import com.medspasync.services.ServiceFilter;
import com.medspasync.staff.StaffFilter;
import com.medspasync.staff.StaffMember;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Role;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A demo practice's appointments: a month that has been, and two weeks to come. They are booked as a front desk books them, in the name of the practice's
 * administrator. What has been can only be booked against the rule that forbids it, by whoever may override the rules, for a reason: so the audit says
 * truly that these were entered afterwards.
 *
 * <p>The oldest are booked last. Where they are, nothing is missing, and a later start adds nothing, not even what has been deleted since.
 */
final class DemoAppointments {

    private static final int DAYS_BEFORE = 30;
    private static final int DAYS_AHEAD = 14;

    /** The days before that are booked last. */
    private static final int OLDEST = 25;

    private static final Duration ENTERED_AFTERWARDS = Duration.ofHours(23);
    private static final String REASON = "Demo data: entered after the day";

    private final Features features;
    private final Caller platform;
    private final ZoneId zone;
    private final long seed;
    private final Instant now;

    private record Slot(UUID staff, Instant at) {}

    /** @param present what is there already */
    private record Storing(
            DemoDiary diary, Caller admin, List<UUID> clients, Set<Slot> present, ExecutorService threads) {}

    /** @param seed tells practices apart */
    DemoAppointments(Features features, Caller platform, ZoneId zone, long seed, Instant now) {
        this.features = features;
        this.platform = platform;
        this.zone = zone;
        this.seed = seed;
        this.now = now;
    }

    /** Books what is missing; says whether anything was. */
    boolean load(ExecutorService threads) {
        List<StaffMember> staff = DemoCatalogue.items(features.staff().findAll(platform, StaffFilter.all()));
        List<UUID> clients = clients();
        Optional<Caller> admin = staff.stream()
                .filter(member -> member.role() == Role.ADMIN)
                .findFirst()
                .map(member -> new Caller(platform.practice(), member.userId(), Role.ADMIN, null, platform.origin()));
        if (admin.isEmpty() || clients.isEmpty() || isThere()) {
            return false;
        }
        DemoDiary diary = new DemoDiary(
                seed,
                zone,
                staff,
                DemoCatalogue.items(features.services().findAll(platform, ServiceFilter.all())),
                now);
        LocalDate today = now.atZone(zone).toLocalDate();
        Storing storing = new Storing(diary, admin.get(), clients, present(), threads);
        book(storing, today.minusDays(OLDEST - 1), today.plusDays(DAYS_AHEAD));
        book(storing, today.minusDays(DAYS_BEFORE), today.minusDays(OLDEST));
        return true;
    }

    private boolean isThere() {
        return !page(now.minus(Duration.ofDays(OLDEST - 1)), 1, null).items().isEmpty();
    }

    /** What a run that was broken off has left, also of what no longer takes anybody's time. */
    private Set<Slot> present() {
        Set<Slot> present = new HashSet<>();
        String cursor = null;
        do {
            Listing.Page<AppointmentView> page = page(now.plus(Duration.ofDays(DAYS_AHEAD + 2)), Paging.MOST, cursor);
            page.items()
                    .forEach(view -> present.add(new Slot(
                            view.appointment().staff(), view.appointment().dateTime())));
            cursor = page.next();
        } while (cursor != null);
        return present;
    }

    private Listing.Page<AppointmentView> page(Instant until, int top, @Nullable String cursor) {
        Instant from = now.minus(Duration.ofDays(365));
        AppointmentFilter filter =
                new AppointmentFilter(null, from, until, null, null, null, null, null, Set.of(), false, top, cursor);
        return DemoCatalogue.page(features.appointments().findAll(platform, filter));
    }

    /** Those who were there first, some of the practice's regulars. */
    private List<UUID> clients() {
        ClientFilter first = new ClientFilter(null, null, null, ClientOrder.CREATED_ASCENDING, Paging.MOST, null);
        return DemoCatalogue.items(features.clients().findAll(platform, first)).stream()
                .map(ClientSummaryView::id)
                .toList();
    }

    private void book(Storing storing, LocalDate from, LocalDate to) {
        List<Future<?>> pending = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            if (!day.equals(DemoCatalogue.HOLIDAY)) {
                List<Entry> entries = withOneLate(day, storing.diary().on(day));
                int shift = (int) (day.toEpochDay() * 37 % storing.clients().size());
                pending.add(storing.threads().submit(() -> entries.forEach(entry -> store(storing, entry, shift))));
            }
        }
        pending.forEach(DemoPractices::join);
    }

    /** One client called off when it was too late: the first on a Wednesday of two to three weeks ago. */
    private List<Entry> withOneLate(LocalDate day, List<Entry> entries) {
        LocalDate late = now.atZone(zone)
                .toLocalDate()
                .minusDays(14)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.WEDNESDAY));
        if (!day.equals(late)) {
            return entries;
        }
        Optional<Entry> first = entries.stream().min(Comparator.comparing(Entry::at));
        return entries.stream()
                .map(entry -> first.filter(entry::equals).isEmpty()
                        ? entry
                        : new Entry(
                                entry.staff(),
                                entry.service(),
                                entry.at(),
                                entry.guest(),
                                entry.notes(),
                                Fate.CALLED_OFF_BY_CLIENT))
                .toList();
    }

    private void store(Storing storing, Entry entry, int shift) {
        if (storing.present().contains(new Slot(entry.staff(), entry.at()))) {
            return;
        }
        AppointmentDraft draft = new AppointmentDraft(
                storing.clients()
                        .get((shift + entry.guest()) % storing.clients().size()),
                entry.service(),
                entry.staff(),
                entry.at(),
                null,
                null,
                entry.notes(),
                entry.at().isBefore(now.minus(ENTERED_AFTERWARDS)) ? REASON : null);
        switch (features.appointments().book(storing.admin(), draft, null)) {
            case Booking.Booked(AppointmentView booked) -> meet(storing.admin(), booked.appointment(), entry.fate());
            // By somebody who was faster.
            case Booking.Taken taken -> {}
            case Booking.Refused(List<Violation> violations) -> requireDayOff(violations);
            case Booking.Replayed other -> throw new IllegalStateException("without a key nothing is replayed");
            case Booking.Mismatch other -> throw new IllegalStateException("without a key nothing mismatches");
            case Booking.InProgress other -> throw new IllegalStateException("without a key nobody waits");
        }
    }

    /** Somebody may have entered a holiday before there were appointments. */
    private static void requireDayOff(List<Violation> violations) {
        if (!violations.stream().allMatch(violation -> violation.code().equals("not-working"))) {
            throw new IllegalStateException("a demo appointment was refused: " + violations);
        }
    }

    private void meet(Caller admin, Appointment booked, Fate fate) {
        AppointmentPatch patch = switch (fate) {
            case SCHEDULED -> null;
            case CONFIRMED -> patch(AppointmentStatus.CONFIRMED, null, null);
            case PAID -> patch(AppointmentStatus.COMPLETED, null, PaymentStatus.PAID);
            case UNPAID -> patch(AppointmentStatus.COMPLETED, null, null);
            case NO_SHOW -> patch(AppointmentStatus.CANCELLED, CancellationReason.NO_SHOW, null);
            case CALLED_OFF_BY_PRACTICE -> patch(AppointmentStatus.CANCELLED, CancellationReason.PRACTICE, null);
            case CALLED_OFF_BY_CLIENT -> patch(AppointmentStatus.CANCELLED, CancellationReason.CLIENT, null);
        };
        if (patch != null) {
            AppointmentChange change = features.appointments().change(admin, booked.id(), booked.version(), patch);
            if (!(change instanceof AppointmentChange.Changed)) {
                throw new IllegalStateException("a demo appointment was not changed: " + change);
            }
        }
    }

    private static AppointmentPatch patch(
            AppointmentStatus status, @Nullable CancellationReason reason, @Nullable PaymentStatus payment) {
        return new AppointmentPatch(null, null, null, null, null, status, reason, payment, new Change.Keep<>(), null);
    }
}
