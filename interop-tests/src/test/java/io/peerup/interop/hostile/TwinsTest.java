package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.testkit.Patience;
import io.peerup.testkit.hostile.RawIdentity;
import io.peerup.testkit.hostile.RawPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One row of each group against somebody who lacks the guard: it must fail, or it proves nothing. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class TwinsTest {
    @TempDir
    static Path directory;

    private static Scene scene;
    private static Pushover pushover;

    @BeforeAll
    static void start() throws Exception {
        scene = Scene.open(directory);
        pushover = new Pushover(scene.service());
    }

    @AfterAll
    static void stop() throws Exception {
        pushover.close();
        scene.close();
    }

    @Test
    void whoChecksNoSignatureLetsAnybodyIn() {
        requireRed(Group.HANDSHAKE, "A1", scene.withRelay(pushover.target()), "let in");
    }

    @Test
    void whoCountsNoCreditTakesAny() {
        requireRed(Group.YAMUX, "A10", scene.withRelay(pushover.target()), "no go-away");
    }

    @Test
    void whoCountsNoProtocolsTakesAllOfThem() {
        requireRed(Group.IDENTIFY, "A9", scene.withPeer(pushover.target()), "no reset");
    }

    @Test
    void aRelayThatGivesOneByteMoreIsFoundOut() throws Exception {
        String limit = "resources:\n  session_data_limit: \"%d\"\n".formatted(Scene.SESSION_BYTES + 1);
        Path home = Files.createDirectory(directory.resolve("generous"));
        try (Target generous = Target.relay(home, scene.cast().names(), limit)) {
            requireRed(Group.RELAY, "C-relay", scene.withRelay(generous), "bytes beyond the limit");
        }
    }

    @Test
    void aRelayWithoutItsGateServesStrangers() throws Exception {
        try (Target open = Target.openRelay(Files.createDirectory(directory.resolve("open")))) {
            requireRed(Group.FILES, "C-keys", scene.withRelay(open), "an unauthorized peer was served");
        }
    }

    @Test
    void aProxyThatClosesBothWaysAtOnceLosesTheAnswer() {
        requireRed(Group.PROXY, "C-proxy", scene.withDaemon(pushover.target(), scene.service()), "answer");
    }

    @Test
    void whoAcceptsEverySignatureDiffersFromWycheproof() {
        Row row = LibraryRows.rows((key, message, signature) -> true).getFirst();
        assertThatThrownBy(() -> row.attack().run(scene)).isInstanceOf(AssertionError.class);
    }

    @Test
    void connectionsThatStayAreSeen() throws Exception {
        Vitals before = scene.relay().vitals();
        List<RawPeer> staying = new ArrayList<>();
        for (RawIdentity friend : scene.cast().friends()) {
            for (int each = 0; each < 2; each++) {
                RawPeer peer = scene.relay().dial(friend);
                peer.ping();
                staying.add(peer);
            }
        }
        assertThat(staying).hasSizeGreaterThan((int) Vitals.TOLERANCE.files() + 10);
        assertThatThrownBy(() -> scene.relay().requireBackAt(before, Duration.ofSeconds(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("holds");
        for (RawPeer peer : staying) {
            peer.close();
        }
        scene.relay().requireBackAt(before, Patience.LONG);
        assertThat(scene.relay().isAlive()).isTrue();
    }

    private static void requireRed(Group group, String id, Scene sabotaged, String why) {
        Row row = Rows.of(group).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> row.attack().run(sabotaged))
                .as("%s on a peer without the guard", row)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(why);
    }
}
