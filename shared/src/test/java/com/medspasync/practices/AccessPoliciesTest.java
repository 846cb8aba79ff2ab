package com.medspasync.practices;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.input.Faults;
import com.medspasync.practices.AccessPolicies.Versioned;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AccessPoliciesTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final AccessPolicies policies = new AccessPolicies(PLATFORM.database());
    private final Caller glow = caller(PLATFORM.practice("glow"));

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void find_aNewPracticesPolicy_asksForNoSecondFactor_andAnOperatorsForOne() {
        assertThat(policies.find(glow)).contains(new Versioned(new AccessPolicy(Set.of(), 15, 12), 1));
        assertThat(policies.find(caller(PracticeId.PLATFORM))
                        .orElseThrow()
                        .policy()
                        .secondFactorFor())
                .containsExactly(Role.OPERATOR);
    }

    @Test
    void change_someOfIt_keepsTheRest() {
        assertThat(policies.change(glow, new AccessPolicyPatch(Set.of(Role.ADMIN, Role.STAFF), null, 8), 1))
                .isEqualTo(changed(new AccessPolicy(Set.of(Role.ADMIN, Role.STAFF), 15, 8), 2));
        assertThat(policies.change(glow, new AccessPolicyPatch(null, 30, null), 2))
                .isEqualTo(changed(new AccessPolicy(Set.of(Role.ADMIN, Role.STAFF), 30, 8), 3));
        assertThat(policies.change(glow, new AccessPolicyPatch(Set.of(), null, null), null))
                .isEqualTo(changed(new AccessPolicy(Set.of(), 30, 8), 4));
        assertThat(PLATFORM.rows(
                        "select count(*) from audit_logs where record_id = ? and action = 'UPDATE'",
                        glow.practice().value()))
                .containsExactly("3");
    }

    @Test
    void change_ofAnotherVersion_orOfNoPractice_isNone() {
        AccessPolicyPatch patch = new AccessPolicyPatch(null, 30, null);
        assertThat(policies.change(glow, patch, 2)).isEqualTo(new AccessPolicyChange.Stale());
        assertThat(policies.change(caller(new PracticeId(UUID.randomUUID())), patch, 1))
                .isEqualTo(new AccessPolicyChange.NoPractice());
        assertThat(policies.find(glow).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void read_aPatch_takesTheRolesThatThePracticeHas() {
        PracticeId practice = glow.practice();
        assertThat(faults("{\"secondFactorFor\":[\"ADMIN\",\"STAFF\"],\"sessionHours\":24}", practice))
                .isEmpty();
        assertThat(faults("{\"secondFactorFor\":[\"OPERATOR\"]}", practice)).containsExactly("/secondFactorFor choice");
        assertThat(faults("{\"secondFactorFor\":[\"OPERATOR\"]}", PracticeId.PLATFORM))
                .isEmpty();
        assertThat(faults("{\"secondFactorFor\":[\"ADMIN\"]}", PracticeId.PLATFORM))
                .containsExactly("/secondFactorFor choice");
        assertThat(faults(
                        "{\"secondFactorFor\":null,\"sessionIdleMinutes\":4,\"sessionHours\":25,\"more\":1}", practice))
                .containsExactly(
                        "/secondFactorFor required",
                        "/sessionIdleMinutes range",
                        "/sessionHours range",
                        "/more unknown");
    }

    private static AccessPolicyChange changed(AccessPolicy policy, int version) {
        return new AccessPolicyChange.Changed(new Versioned(policy, version));
    }

    private static List<String> faults(String json, PracticeId practice) {
        return Faults.of(in -> AccessPolicyPatch.read(in, practice), json);
    }

    private static Caller caller(PracticeId practice) {
        return Caller.platform(practice, new Origin(null, null, UUID.randomUUID()));
    }
}
