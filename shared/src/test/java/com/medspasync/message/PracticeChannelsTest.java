package com.medspasync.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.crypto.TamperedCiphertext;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.WireCounter;
import com.medspasync.message.ChannelChange.Changed;
import com.medspasync.message.ChannelChange.Created;
import com.medspasync.message.ChannelChange.Stale;
import com.medspasync.message.ChannelChange.VersionMissing;
import com.medspasync.repository.Deletion;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PracticeChannelsTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final WireCounter WIRE = WireCounter.before(DATABASE);
    private static final Platform PLATFORM = Platform.on(DATABASE, WIRE.settings(EmbeddedDatabase.APP));
    private static final WebhookUrl HOOK = new WebhookUrl(URI.create("https://hooks.example.com/in?key=s3cret"));
    private static final WebhookUrl OTHER = new WebhookUrl(URI.create("https://other.example.com/in"));

    private final PracticeId practice = PLATFORM.practice("glow");
    private final Caller admin = Examples.admin(practice);
    private final PracticeChannels channels = newChannels();

    @AfterAll
    static void close() {
        DATABASE.close();
        WIRE.close();
    }

    private static PracticeChannels newChannels() {
        return new PracticeChannels(PLATFORM.database(), PLATFORM.newKeys(), PLATFORM.cipher(), new SecureRandom());
    }

    @Test
    void set_channelThatIsNotThere_createsItAndShowsItsSecretOnce() {
        assertThat(channels.find(admin)).isEmpty();
        Created created = create();

        assertThat(created.channel().url()).isEqualTo(HOOK);
        assertThat(created.channel().version()).isEqualTo(1);
        assertThat(channels.find(admin)).contains(created.channel());
        assertThat(newChannels().open(admin, Clock.systemUTC()).orElseThrow())
                .usingRecursiveComparison()
                .comparingOnlyFields("url", "secret")
                .isEqualTo(WebhookChannel.to(HOOK, created.secret(), Clock.systemUTC()));
    }

    @Test
    void set_withoutAVersionWhereThereIsOne_orWithAnotherVersion_changesNothing() {
        Created created = create();
        assertThat(channels.set(admin, new ChannelDraft(OTHER, true), null)).isEqualTo(new VersionMissing());
        assertThat(channels.set(admin, new ChannelDraft(OTHER, true), 2)).isEqualTo(new Stale());
        assertThat(channels.find(admin)).contains(created.channel());
        assertThat(channels.set(Examples.admin(PLATFORM.practice("radiance")), new ChannelDraft(OTHER, false), 1))
                .isEqualTo(new Stale());
    }

    @Test
    void set_anotherUrl_keepsTheSecretUnlessANewOneIsAskedFor() {
        Created created = create();
        assertThat(channels.set(admin, new ChannelDraft(OTHER, false), 1))
                .isInstanceOfSatisfying(Changed.class, changed -> {
                    assertThat(changed.secret()).isNull();
                    assertThat(changed.channel().url()).isEqualTo(OTHER);
                    assertThat(changed.channel().version()).isEqualTo(2);
                });
        assertThat(secret()).isEqualTo(created.secret());

        assertThat(channels.set(admin, new ChannelDraft(OTHER, true), 2))
                .isInstanceOfSatisfying(
                        Changed.class,
                        changed -> assertThat(changed.secret())
                                .isNotNull()
                                .isNotEqualTo(created.secret())
                                .isEqualTo(secret()));
    }

    @Test
    void delete_channel_forgetsItsSecret_andMayBeRepeated_andItsTagChangesNothingLater() {
        create();
        assertThat(channels.delete(admin, 7)).isEqualTo(new Deletion.Stale());
        assertThat(channels.delete(admin, 1)).isEqualTo(new Deletion.Deleted());
        assertThat(channels.delete(admin, 1)).isEqualTo(new Deletion.Deleted());
        assertThat(channels.find(admin)).isEmpty();
        assertThat(channels.open(admin, Clock.systemUTC())).isEmpty();
        assertThat(PLATFORM.rows("select secret from message_channels where practice_id = ?", practice.value()))
                .containsExactly("null");
        assertThat(channels.set(admin, new ChannelDraft(OTHER, false), 2)).isEqualTo(new Stale());

        assertThat(create().channel().version()).isEqualTo(3);
        assertThat(channels.set(admin, new ChannelDraft(OTHER, false), 1)).isEqualTo(new Stale());
        assertThat(channels.delete(Examples.admin(PLATFORM.practice("radiance")), 1))
                .isEqualTo(new Deletion.Missing());
    }

    @Test
    void eachCall_isOneRoundTrip() {
        create();
        for (int i = 0; i < 8; i++) {
            int version = i + 1;
            assertThat(WIRE.during(() -> channels.set(admin, new ChannelDraft(OTHER, version % 2 == 0), version))
                            .count())
                    .isEqualTo(1);
            assertThat(WIRE.during(() -> channels.find(admin)).count()).isEqualTo(1);
        }
        assertThat(WIRE.during(() -> channels.delete(admin, 9)).count()).isEqualTo(1);
        assertThat(WIRE.during(this::create).count()).isEqualTo(1);
    }

    @Test
    void secret_standsNowhereInTheClear_andTheAuditTellsThatItChanged() {
        Created created = create();
        channels.set(admin, new ChannelDraft(HOOK, true), 1);
        channels.delete(admin, 2);

        assertThat(PLATFORM.rows(
                        "select action, old_values, new_values, user_id from audit_logs where table_name = 'message_channels' and record_id = ? order by timestamp",
                        practice.value()))
                .satisfiesExactly(
                        create -> assertThat(create)
                                .startsWith("CREATE|null|")
                                .contains(
                                        "\"secret\": \"[redacted]\"",
                                        HOOK.value().toString())
                                .endsWith("|" + admin.user()),
                        change -> assertThat(change)
                                .startsWith("UPDATE|{\"secret\": \"[redacted]\"}|{\"secret\": \"[redacted]\"}|"),
                        delete -> assertThat(delete).startsWith("DELETE|").contains("\"secret\": \"[redacted]\""));
        String hex = java.util.HexFormat.of().formatHex(created.secret().value().bytes());
        assertThat(String.join("", PLATFORM.rows("select m::text from message_channels m")))
                .doesNotContain(hex, created.secret().reveal());
        assertThat(created.toString())
                .contains("hidden")
                .doesNotContain(created.secret().reveal(), "s3cret");
    }

    @Test
    void secret_underAnotherPractice_doesNotOpen() {
        create();
        PracticeId radiance = PLATFORM.practice("radiance");
        PLATFORM.execute("""
                insert into message_channels (practice_id, url, secret)
                select '%s', url, secret from message_channels where practice_id = '%s'""".formatted(radiance, practice));
        assertThatThrownBy(() -> channels.open(Examples.admin(radiance), Clock.systemUTC()))
                .isInstanceOf(TamperedCiphertext.class);
    }

    @Test
    void set_underAKeyThatWasRetiredMeanwhile_usesTheNewOne() {
        assertThat(channels.find(admin)).isEmpty();
        create();
        PLATFORM.addPracticeKey(practice, 2);
        PLATFORM.execute("update practice_keys set accepted = false where version = 1 and practice_id = '%s'"
                .formatted(practice));
        assertThat(channels.set(admin, new ChannelDraft(HOOK, false), 1)).isInstanceOf(Changed.class);
        assertThat(PLATFORM.rows(underVersion(), practice.value())).containsExactly("1");
        assertThat(channels.set(admin, new ChannelDraft(HOOK, true), 2)).isInstanceOf(Changed.class);
        assertThat(PLATFORM.rows(underVersion(), practice.value())).containsExactly("2");
    }

    @Test
    void messageChannels_ofAPracticeWithoutOne_areThePlatforms() {
        MessageChannel platform = message -> new MessageChannel.Delivery.Delivered();
        MessageChannels withPlatform = new MessageChannels(channels, platform, Clock.systemUTC());
        MessageChannels without = new MessageChannels(channels, null, Clock.systemUTC());
        assertThat(withPlatform.of(admin)).containsSame(platform);
        assertThat(without.of(admin)).isEmpty();
        create();
        assertThat(withPlatform.of(admin)).isNotEqualTo(Optional.of(platform)).isPresent();
        assertThat(without.of(admin)).isPresent();
    }

    private static String underVersion() {
        return "select ('x' || encode(substring(secret from 3 for 4), 'hex'))::bit(32)::int from message_channels where practice_id = ?";
    }

    private Created create() {
        return (Created) channels.set(admin, new ChannelDraft(HOOK, false), null);
    }

    private WebhookSecret secret() {
        WebhookChannel channel =
                (WebhookChannel) channels.open(admin, Clock.systemUTC()).orElseThrow();
        return channel.secret();
    }
}
