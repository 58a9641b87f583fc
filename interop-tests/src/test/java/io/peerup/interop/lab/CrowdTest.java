package io.peerup.interop.lab;

import io.peerup.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A crowd behind one address dials the relay and says nothing. The kernel of the relay counts whom it keeps; a daemon behind
 * another address is served meanwhile. Loopback is exempt from these limits, so only a network can show them.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CrowdTest {
    private static final int CROWD = 30;

    /** Not with the logs: a unix socket takes no long path. */
    @TempDir
    Path homes;

    /** The second row shows that it is the limit that decides. */
    @ParameterizedTest
    @CsvSource({
        "8, ''",
        "20, 'limits: {connections_per_ip: 20, new_connections_per_ip: 40}'",
    })
    void oneAddressGetsSoManyConnectionsAndTheOthersAreServed(int allowed, String limits) throws Exception {
        try (NatLab lab = NatLab.open("crowd")) {
            PeerupPrograms atRelay = new PeerupPrograms(lab.relay(), homes.resolve("vps"));
            PeerupPrograms atHome = new PeerupPrograms(lab.homeB().host(), homes.resolve("home"));
            LabProcess relay = startRelay(atRelay, "relay-first");
            atHome.peerup("init", "--relay", NatLab.RELAY_ADDRESS, "--relay-id", idOf(relay));
            atRelay.relayServer("authorize", atHome.peerup("whoami"), "home");
            relay.stop();
            Files.writeString(
                    atRelay.home().resolve("relay-server.yaml"), "\n" + limits + "\n", StandardOpenOption.APPEND);
            startRelay(atRelay, "relay");

            LabProcess crowd = lab.homeA().host().start("crowd", crowd(), Map.of());
            crowd.waitForLine("^all dialed$", Patience.LONG);

            Patience.until(allowed + " are kept, the others closed", () -> kept(lab) == allowed);
            atHome.startPeerup("daemon", "daemon").waitForLine("reserved until", Patience.LONG);
        }
    }

    private static LabProcess startRelay(PeerupPrograms programs, String log) throws Exception {
        LabProcess relay = programs.startRelayServer(log, "serve");
        relay.waitForLine("Private relay running", Patience.LONG);
        return relay;
    }

    private static String idOf(LabProcess relay) throws InterruptedException {
        return relay.waitForLine("^Relay Peer ID: (\\S+)$", Patience.LONG).group(1);
    }

    private static List<String> crowd() {
        return List.of(
                "bash",
                "-c",
                "for i in $(seq %d); do { exec {socket}<>/dev/tcp/%s/7777; } || true; done; echo all dialed; sleep 60"
                        .formatted(CROWD, NatLab.RELAY_ADDRESS));
    }

    /** Whom the relay keeps; one that it does not want is closed when it is accepted. */
    private static int kept(NatLab lab) throws IOException, InterruptedException {
        return (int) lab.relay()
                .run("ss", "-Htn", "state", "established", "( sport = :7777 and dst 11.0.0.21 )")
                .lines()
                .count();
    }
}
