package com.medspasync.identity;

import static com.medspasync.identity.Examples.PASSWORD;
import static com.medspasync.identity.Examples.email;
import static com.medspasync.identity.Examples.origin;
import static com.medspasync.identity.Examples.password;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.identity.Examples.Person;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class UsersTest {

    private static final Examples EXAMPLES = new Examples();

    @AfterAll
    static void close() {
        EXAMPLES.close();
    }

    @Test
    void create_anAddressThatAnotherPracticeHas_isTaken() {
        Person user = EXAMPLES.user(Role.STAFF);
        Caller elsewhere = Caller.platform(EXAMPLES.practice("Radiance"), origin());

        assertThat(EXAMPLES.users.create(elsewhere, user.email(), Role.ADMIN, password(PASSWORD)))
                .isEqualTo(new UserCreation.EmailTaken());
        assertThat(EXAMPLES.users.create(
                        elsewhere,
                        email(user.email().value().toUpperCase(Locale.ROOT)),
                        Role.ADMIN,
                        password(PASSWORD)))
                .isEqualTo(new UserCreation.EmailTaken());
    }

    @Test
    void create_isAuditedWithoutThePassword() {
        Person user = EXAMPLES.user(Role.MANAGER);

        assertThat(EXAMPLES.audit(user.practice(), "users")).singleElement().satisfies(row -> {
            assertThat(row.action()).isEqualTo("CREATE");
            assertThat(row.record()).isEqualTo(user.id());
            assertThat(row.everything())
                    .contains("MANAGER", user.email().value())
                    .doesNotContain("$2a$", PASSWORD);
        });
    }

    @Test
    void create_anOperatorInAPractice_isAFault() {
        Caller practice = Caller.platform(EXAMPLES.practice("Glow"), origin());
        Caller platform = Caller.platform(PracticeId.PLATFORM, origin());

        assertThatThrownBy(() -> EXAMPLES.users.create(practice, email("op@glow.example"), Role.OPERATOR, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EXAMPLES.users.create(platform, email("admin@platform.example"), Role.ADMIN, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void create_tenTimesOnOneConnection_keepsItsPractice() {
        Caller admin = Caller.platform(EXAMPLES.practice("Glow"), origin());
        try (PracticeDatabase one = EXAMPLES.embedded.open(
                EXAMPLES.embedded.settings(EmbeddedDatabase.APP).withPoolSize(1))) {
            Users users = new Users(one, EXAMPLES.passwords);
            for (int i = 0; i < 10; i++) {
                assertThat(users.create(admin, email("ten" + i + "@glow.example"), Role.STAFF, null))
                        .isInstanceOf(UserCreation.Created.class);
            }
        }
    }
}
