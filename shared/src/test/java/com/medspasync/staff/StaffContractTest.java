package com.medspasync.staff;

import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.repository.Repository;
import com.medspasync.repository.RepositoryContract;
import com.medspasync.services.Booking;
import com.medspasync.tenant.Caller;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

class StaffContractTest extends RepositoryContract<StaffMember, StaffMember, StaffDraft, StaffPatch, StaffFilter> {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final StaffMembers staff = StaffExamples.on(PLATFORM);
    private final Caller caller = Examples.admin(PLATFORM.practice("glow"));
    private final Caller stranger = Examples.admin(PLATFORM.practice("radiance"));

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    protected Repository<StaffMember, StaffMember, StaffDraft, StaffPatch, StaffFilter> repository() {
        return staff;
    }

    @Override
    protected boolean auditsListed() {
        return false;
    }

    @Override
    protected Caller caller() {
        return caller;
    }

    @Override
    protected Caller stranger() {
        return stranger;
    }

    @Override
    protected StaffDraft draft() {
        return StaffExamples.ada(Booking.user(PLATFORM, caller.practice()));
    }

    @Override
    protected StaffPatch patch(int mark) {
        return StaffExamples.patch("{\"lastName\": \"Mark %1$d\", \"hourlyRate\": %1$d.25}".formatted(mark));
    }

    @Override
    protected boolean shows(StaffMember member, int mark) {
        return member.lastName().value().equals("Mark " + mark)
                && (mark + ".25").equals(String.valueOf(member.hourlyRate()));
    }

    @Override
    protected UUID id(StaffMember member) {
        return member.id();
    }

    @Override
    protected int version(StaffMember member) {
        return member.version();
    }

    @Override
    protected UUID shownId(StaffMember member) {
        return member.id();
    }

    @Override
    protected StaffFilter page(int top, @Nullable String cursor) {
        return new StaffFilter(null, null, null, StaffOrder.LAST_NAME_ASCENDING, top, cursor);
    }

    @Override
    protected List<String> audited(UUID id) {
        return PLATFORM.audited(id);
    }
}
