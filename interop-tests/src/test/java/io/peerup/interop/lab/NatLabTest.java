package io.peerup.interop.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.testkit.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laboratory proves that it behaves like the homes it stands for. Whoever receives a packet says whence it came.
 */
@ParameterizedClass
@MethodSource("io.peerup.interop.lab.LabRequirements#privileges")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
record NatLabTest(Privilege privilege) {
    private static final Duration PATIENCE = Patience.LONG;

    @BeforeAll
    static void require() {
        LabRequirements.lab();
    }

    @Test
    void aHostAtHomeReachesTheRelayAndNothingGoesDirectly() throws Exception {
        try (NatLab lab = open(Nat.PORT_RESTRICTED)) {
            LabProcess relay = probe(lab.relay(), 5000);
            LabProcess host = probe(lab.homeA().host(), 4001);

            host.type("11.0.0.10 5000 hello");
            MatchResult seen = relay.waitForLine("from (\\S+):(\\d+) hello", PATIENCE);
            relay.type(seen.group(1) + " " + seen.group(2) + " welcome");

            host.waitForLine("from 11.0.0.10:5000 welcome", PATIENCE);
            assertThat(seen.group(1)).isEqualTo(lab.homeA().router().wanAddress());
            assertThat(lab.traffic()).isEqualTo(new Traffic(0, 2));
            assertThat(lab.homeA().router().traffic()).isEqualTo(new Traffic(0, 2));
            assertThat(lab.homeB().router().traffic()).isEqualTo(new Traffic(0, 0));
        }
    }

    @Test
    void aPacketNobodyAskedForIsDroppedButCountedAsDirect() throws Exception {
        try (NatLab lab = open(Nat.PORT_RESTRICTED)) {
            LabProcess relay = probe(lab.relay(), 5000);
            LabProcess hostA = probe(lab.homeA().host(), 4001);
            LabProcess hostB = probe(lab.homeB().host(), 4001);
            hostA.type("11.0.0.10 5000 hello");
            relay.waitForLine("from 11.0.0.21:4001 hello", PATIENCE);

            hostB.type("11.0.0.21 4001 unasked");
            awaitUnsolicited(lab.homeA().router());
            relay.type("11.0.0.21 4001 asked");

            hostA.waitForLine("from 11.0.0.10:5000 asked", PATIENCE);
            assertThat(hostA.lines()).noneMatch(line -> line.contains("unasked"));
            assertThat(lab.traffic().directPackets()).isEqualTo(1);
            assertThat(lab.homeA().router().traffic().directPackets()).isEqualTo(1);
            assertThat(lab.homeB().router().traffic().directPackets()).isEqualTo(1);
        }
    }

    @Test
    void anOrdinaryHomeKeepsItsPortForEveryPeer() throws Exception {
        try (NatLab lab = open(Nat.PORT_RESTRICTED)) {
            assertThat(portsSeenOutside(lab)).containsExactly("4001");
        }
    }

    @Test
    void aSymmetricHomeChangesItsPortFromPeerToPeer() throws Exception {
        try (NatLab lab = open(Nat.SYMMETRIC)) {
            assertThat(portsSeenOutside(lab)).hasSizeGreaterThan(1);
        }
    }

    @Test
    void twoOrdinaryHomesMeetWhenBothSend() throws Exception {
        try (NatLab lab = open(Nat.PORT_RESTRICTED)) {
            LabProcess hostA = probe(lab.homeA().host(), 4001);
            LabProcess hostB = probe(lab.homeB().host(), 4001);

            hostA.type("11.0.0.22 4001 early");
            awaitUnsolicited(lab.homeB().router());
            hostB.type("11.0.0.21 4001 through");
            hostA.waitForLine("from 11.0.0.22:4001 through", PATIENCE);
            hostA.type("11.0.0.22 4001 back");

            hostB.waitForLine("from 11.0.0.21:4001 back", PATIENCE);
            assertThat(lab.traffic()).isEqualTo(new Traffic(3, 0));
        }
    }

    @Test
    void aSymmetricHomeIsNotMetAtThePortItSentFrom() throws Exception {
        try (NatLab lab = open(Nat.SYMMETRIC)) {
            LabProcess hostA = probe(lab.homeA().host(), 4001);
            LabProcess hostB = probe(lab.homeB().host(), 4001);

            hostA.type("11.0.0.22 4001 early");
            awaitUnsolicited(lab.homeB().router());
            hostB.type("11.0.0.21 4001 lost");

            awaitUnsolicited(lab.homeA().router());
            assertThat(hostA.lines()).noneMatch(line -> line.contains("lost"));
        }
    }

    @Test
    void aProcessIsSeenFromOutsideAndEndsByItsOwnId() throws Exception {
        try (NatLab lab = open(Nat.PORT_RESTRICTED)) {
            LabProcess process = lab.relay()
                    .start(
                            "shell",
                            List.of("sh", "-c", "echo $GREETING; read answer; exit 7"),
                            Map.of("GREETING", "hi"));
            process.waitForLine("^hi$", PATIENCE);
            assertThat(process.rssKib()).isPositive();
            assertThat(process.openFiles()).isGreaterThanOrEqualTo(3);
            process.type("answer");
            assertThat(process.waitFor(PATIENCE)).isEqualTo(7);

            LabProcess stopped = lab.relay().start("sleep", List.of("sleep", "600"), Map.of());
            assertThat(stopped.stop()).isEqualTo(128 + 15);
            LabProcess killed = lab.relay().start("sleep", List.of("sleep", "600"), Map.of());
            assertThat(killed.kill()).isEqualTo(128 + 9);
        }
    }

    @Test
    void waitingForALineThatDoesNotComeSaysWhatCameInstead() throws Exception {
        try (NatLab lab = open(Nat.PORT_RESTRICTED)) {
            LabProcess process = lab.relay().start("echo", List.of("echo", "sorry"), Map.of());
            assertThatThrownBy(() -> process.waitForLine("ready", PATIENCE))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContainingAll("ready", "before the end", "sorry");
            assertThatThrownBy(() -> lab.relay().run("sh", "-c", "echo because; exit 3"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll("relay", "3", "because");
        }
    }

    @Test
    void nothingIsLeftAfterClosing() throws Exception {
        Leftovers leftovers;
        try (NatLab lab = open(Nat.PORT_RESTRICTED)) {
            lab.homeA().host().start("daemon", List.of("sh", "-c", "setsid sleep 600 & wait"), Map.of());
            probe(lab.relay(), 5000);
            leftovers = Leftovers.of(lab);
            assertThat(leftovers.processes()).hasSizeGreaterThanOrEqualTo(4);
        }
        assertThat(leftovers.processes()).isEmpty();
        assertThat(leftovers.mounts()).isEmpty();
        assertThat(Leftovers.interfaces()).doesNotContain("lan", "wan", "relay", "router-a", "router-b");
    }

    private NatLab open(Nat natA) throws IOException, InterruptedException {
        return NatLab.open("self-proof", privilege, natA, Nat.PORT_RESTRICTED);
    }

    private static LabProcess probe(Namespace host, int port) throws Exception {
        LabProcess probe =
                host.start("udp-" + port, JavaProgram.command(UdpProbe.class, Integer.toString(port)), Map.of());
        probe.waitForLine("bound", PATIENCE);
        return probe;
    }

    private static Set<String> portsSeenOutside(NatLab lab) throws Exception {
        List<LabProcess> observers =
                List.of(probe(lab.relay(), 5000), probe(lab.relay(), 5001), probe(lab.wan(), 5000));
        LabProcess host = probe(lab.homeA().host(), 4001);
        host.type("11.0.0.10 5000 hello");
        host.type("11.0.0.10 5001 hello");
        host.type("11.0.0.1 5000 hello");
        Set<String> ports = new TreeSet<>();
        for (LabProcess observer : observers) {
            ports.add(observer.waitForLine("from 11.0.0.21:(\\d+) hello", PATIENCE)
                    .group(1));
        }
        return ports;
    }

    private static void awaitUnsolicited(HomeRouter router) throws Exception {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (router.unsolicitedPackets() == 0) {
            assertThat(System.nanoTime()).as("when a packet was dropped").isLessThan(deadlineNanos);
        }
    }
}
