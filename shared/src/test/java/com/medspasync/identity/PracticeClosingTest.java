package com.medspasync.identity;

import static com.medspasync.identity.Examples.origin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.database.SessionEnded;
import com.medspasync.identity.Examples.Person;
import com.medspasync.repository.Deletion;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PracticeClosingTest {

    private static final UUID OPERATOR = new UUID(9, 9);
    private static final UserScene SCENE = new UserScene();

    private final PracticeClosing closing = SCENE.identity.practiceClosing();

    @AfterAll
    static void close() {
        SCENE.close();
    }

    @Test
    void close_practice_endsEverySessionAndTokenOfItsUsers_andOfNobodyElse() {
        Person admin = SCENE.examples.user(Role.ADMIN);
        Caller first = SCENE.caller(admin);
        Caller second = SCENE.caller(SCENE.colleague(first, Role.STAFF));
        Caller elsewhere = SCENE.admin();
        User guest = SCENE.guest(first, Role.STAFF);
        String token = SCENE.token(SCENE.notices(first.practice()).getFirst());

        assertThat(closed(admin.practice(), 1)).isEqualTo(new Deletion.Deleted());

        for (Caller shut : new Caller[] {first, second}) {
            assertThatThrownBy(() -> SCENE.identity.users().self(shut)).isInstanceOf(SessionEnded.class);
        }
        assertThat(SCENE.identity.users().self(elsewhere).id()).isEqualTo(elsewhere.user());
        assertThat(SCENE.examples.login(admin, Examples.PASSWORD)).isNotInstanceOf(LoginOutcome.LoggedIn.class);
        assertThat(SCENE.redeem(token, "Kite-over-the-lake-7")).isNotInstanceOf(Redemption.Redeemed.class);
        assertThat(guest.invited()).isTrue();
        assertThat(SCENE.examples.audit(admin.practice(), "users").stream()
                        .filter(row -> row.action().equals("LOGOUT")))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.user()).isEqualTo(OPERATOR));
    }

    @Test
    void login_thatTheClosingOvertook_isRefused() {
        Person admin = SCENE.examples.user(Role.ADMIN);
        assertThat(closed(admin.practice(), 1)).isEqualTo(new Deletion.Deleted());
        // The login finds the practice as it was before it verified the password.
        SCENE.examples.embedded.execute("""
                create or replace function login_lookup(email text)
                  returns table (
                    practice_id uuid, user_id uuid, password text, role text, active boolean, login_attempts int, locked_until timestamptz,
                    practice_name text, mfa_enabled boolean, second_factor_required boolean, idle interval, longest interval)
                  language sql stable security definer set search_path = pg_catalog, public, pg_temp
                begin atomic
                  select u.practice_id, u.id, u.password, u.role, u.active, u.login_attempts, u.locked_until, p.name, u.mfa_enabled, false,
                    make_interval(mins => p.session_idle_minutes), make_interval(hours => p.session_hours)
                  from users u join practices p on p.id = u.practice_id
                  where u.email_search = login_lookup.email and u.deleted_at is null;
                end""");
        assertThat(SCENE.examples.login(admin, Examples.PASSWORD)).isNotInstanceOf(LoginOutcome.LoggedIn.class);
    }

    private Deletion closed(PracticeId practice, int version) {
        return closing.close(
                new Caller(PracticeId.PLATFORM, OPERATOR, Role.OPERATOR, null, origin()), practice.value(), version);
    }
}
