package com.medspasync.appointments;

/**
 * The rules that a booking is held to, as expressions of SQL over {@code sv}, the service, and {@code st}, the staff member. Each statement that books
 * asks them, and {@link Objections} asks them one by one when it was refused.
 */
final class BookingRules {

    /** There are both, and both are in use. */
    static final String IN_USE = "sv.active and sv.deleted_at is null and st.active and st.deleted_at is null";

    /** The client {@code cl} is there, and so are the keys that what is noted of them is encrypted under. */
    static final String CLIENT_THERE = """
            cl.deleted_at is null
              and not exists (
                select from destroyed_keys
                where practice_id = :practice::uuid and client_id in (cl.id, '00000000-0000-0000-0000-000000000000'))""";

    /** Rules that may be broken by those who are allowed to, for a reason: the staff member gives such services. */
    static final String OFFERED = "sv.category = any (st.specializations)";

    private BookingRules() {}

    /** All of them that may be broken; the parameters are expressions of the time that is taken, and of the beginning. */
    static String kept(String from, String to, String startsAt) {
        return "(%s and %s and %s)".formatted(OFFERED, worked(from, to), recent(startsAt));
    }

    /** The staff member works all the time that is taken. */
    static String worked(String from, String to) {
        return "works(:practice::uuid, st.id, %s, %s)".formatted(from, to);
    }

    /** What has been is written down on the same day or the next. */
    static String recent(String startsAt) {
        return "%s > now() - interval '24 hours'".formatted(startsAt);
    }

    /**
     * A query for the first appointment but {@code :id} that takes any of the time from the staff member; the parameters are expressions, too.
     *
     * <p>Under row-level security an index cannot be asked whether ranges overlap. So it is the index of beginnings that narrows it to a few days, and not
     * the exclusion's, which would have all that the staff member ever had: what is "not false" that one does not offer.
     */
    static String clash(String staff, String from, String to) {
        return """
                select b.appointment_id, lower(b.during) as starts_from, upper(b.during) as ends_at
                from staff_bookings b
                where b.practice_id = :practice::uuid and b.staff_id = %1$s and b.blocking is not false and b.appointment_id <> :id::uuid
                  and b.starts_at > %2$s - interval '2 days' and b.starts_at < %3$s + interval '1 day' and b.during && tstzrange(%2$s, %3$s)
                order by b.starts_at
                limit 1""".formatted(staff, from, to);
    }

    /** When the staff member begins to be taken. */
    static String from(String startsAt, String bufferBefore) {
        return "%s - make_interval(mins => %s)".formatted(startsAt, bufferBefore);
    }

    /** When the staff member is free again. */
    static String to(String startsAt, String duration, String bufferAfter) {
        return "%s + make_interval(mins => %s + %s)".formatted(startsAt, duration, bufferAfter);
    }
}
