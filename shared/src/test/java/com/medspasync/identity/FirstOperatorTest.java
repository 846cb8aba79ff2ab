package com.medspasync.identity;

import static com.medspasync.identity.Examples.email;
import static com.medspasync.identity.Examples.origin;
import static com.medspasync.identity.Examples.password;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.contact.EmailAddress;
import com.medspasync.database.ConstraintViolated;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.identity.Examples.Person;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FirstOperatorTest {

    private static final EmailAddress OPERATOR = email("operator@medspasync.example");
    private static final String CHOSEN = "A-newly-chosen-1";

    private final Examples examples = new Examples();
    private final PracticeDatabase owner = examples.embedded.open(EmbeddedDatabase.OWNER);
    private final FirstOperator first = new FirstOperator(OPERATOR, examples.random);

    @AfterEach
    void close() {
        examples.close();
    }

    @Test
    void create_onAnEmptyPlatform_givesATokenThatLetsAnOperatorIn() {
        String token = first.create(owner).orElseThrow().reveal();

        assertThat(examples.oneTimeTokens.redeem(token, password(CHOSEN), origin()))
                .isEqualTo(new Redemption.Redeemed());
        assertThat(examples.logins.login(OPERATOR, password(CHOSEN), origin()))
                .isInstanceOfSatisfying(LoginOutcome.LoggedIn.class, login -> {
                    assertThat(login.entry().user().role()).isEqualTo(Role.OPERATOR);
                    assertThat(login.entry().user().practice()).isEqualTo(PracticeId.PLATFORM);
                });
    }

    @Test
    void create_byEightMigratorsAtOnce_givesOneToken() throws Exception {
        int migrators = 8;
        List<Future<Optional<OneTimeToken>>> given = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(migrators)) {
            CountDownLatch together = new CountDownLatch(migrators);
            for (int i = 0; i < migrators; i++) {
                PracticeDatabase own = examples.embedded.open(
                        examples.embedded.settings(EmbeddedDatabase.OWNER).withPoolSize(1));
                given.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return new FirstOperator(OPERATOR, examples.random).create(own);
                }));
            }
        }

        assertThat(given.stream().flatMap(token -> token.resultNow().stream())).hasSize(1);
    }

    @Test
    void create_again_givesNothingUntilTheTokenHasExpiredUnused() {
        String lost = first.create(owner).orElseThrow().reveal();
        assertThat(first.create(owner)).isEmpty();
        examples.embedded.execute("update one_time_tokens set expires_at = now() - interval '1 second'");

        String second = first.create(owner).orElseThrow().reveal();

        assertThat(examples.oneTimeTokens.redeem(lost, password(CHOSEN), origin()))
                .isEqualTo(new Redemption.Refused());
        assertThat(examples.oneTimeTokens.redeem(second, password(CHOSEN), origin()))
                .isEqualTo(new Redemption.Redeemed());
        assertThat(first.create(owner)).as("the operator has a password").isEmpty();
    }

    @Test
    void create_whereAnOperatorCanLogIn_changesNothing() {
        examples.user(PracticeId.PLATFORM, Role.OPERATOR);

        assertThat(first.create(owner)).isEmpty();
        assertThat(examples.logins.login(OPERATOR, password(CHOSEN), origin())).isEqualTo(new LoginOutcome.Refused());
    }

    @Test
    void create_withAnAddressOfAPractice_isRefused() {
        Person user = examples.user(Role.ADMIN);

        assertThatThrownBy(() -> new FirstOperator(user.email(), examples.random).create(owner))
                .isInstanceOf(ConstraintViolated.class);
    }

    @Test
    void create_tenTimesOnOneConnection_keepsItsPractice() {
        try (PracticeDatabase one = examples.embedded.open(
                examples.embedded.settings(EmbeddedDatabase.OWNER).withPoolSize(1))) {
            for (int i = 0; i < 10; i++) {
                assertThat(new FirstOperator(OPERATOR, examples.random).create(one))
                        .isPresent();
                examples.embedded.execute("delete from one_time_tokens", "delete from users");
            }
        }
    }
}
