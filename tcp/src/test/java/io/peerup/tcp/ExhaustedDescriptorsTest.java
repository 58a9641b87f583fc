package io.peerup.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.Connection;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that may open so few files that the kernel refuses it sockets. */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "what the process spends is read from /proc")
class ExhaustedDescriptorsTest {
    private static final int DESCRIPTORS = 128;
    private static final long WHILE_SECONDS = 3;
    private static final long CALM_TICKS = 150;

    @TempDir
    Path directory;

    private final EventLoops loops = EventLoops.start(1);
    private final Swarm honest = CrampedNode.swarm(Identity.generate(), loops, ResourceLimits.unlimited());
    private final List<Socket> crowd = new ArrayList<>();
    private Process process;
    private BufferedReader answers;
    private PrintStream orders;
    private PeerId peer;
    private Multiaddr address;

    @BeforeEach
    void start() throws Exception {
        String command = "ulimit -n " + DESCRIPTORS + " && exec \"$0\" \"$@\"";
        process = new ProcessBuilder(
                        "sh",
                        "-c",
                        command,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CrampedNode.class.getName())
                .redirectError(log().toFile())
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        peer = PeerId.parse(answers.readLine());
        address = Multiaddr.parse(answers.readLine());
    }

    @AfterEach
    void end() throws Exception {
        leave();
        process.destroyForcibly().waitFor();
        honest.close(Duration.ZERO);
        loops.close().sync();
    }

    @Test
    void newOnesWaitOldOnesStayAndNothingSpins() throws Exception {
        Connection old = ((DialOutcome.Connected) dial()).connection();
        InetSocketAddress door = address.tcpAddress().orElseThrow();
        for (int i = 0; i < DESCRIPTORS + 50; i++) {
            crowd.add(new Socket(door.getAddress(), door.getPort()));
        }
        awaitLine("cannot accept on ");

        assertThat(outcomeOfADial()).contains("Too many open files");

        assertThat(ticksOfACalmWhile()).as("hundredths of a second").isLessThan(CALM_TICKS);
        assertThat(old.closed().toCompletableFuture()).isNotDone();
        assertThat(log()).content().containsOnlyOnce("cannot accept on ");

        leave();
        DialOutcome anew = dial();
        assertThat(anew).isInstanceOf(DialOutcome.Connected.class);
        assertThat(old.closed().toCompletableFuture()).isNotDone();
    }

    /** A descriptor that something else gave back may do for a dial or two before the crowd takes it. */
    private String outcomeOfADial() throws Exception {
        String outcome;
        do {
            Thread.sleep(500);
            orders.println("dial");
            outcome = answers.readLine();
        } while (outcome.endsWith("(connection refused)"));
        return outcome;
    }

    private DialOutcome dial() throws Exception {
        return honest.dial(peer, List.of(address)).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private void leave() throws Exception {
        for (Socket socket : crowd) {
            socket.close();
        }
        crowd.clear();
    }

    /** The test's own time limit ends it. */
    private void awaitLine(String text) throws Exception {
        while (!Files.readString(log()).contains(text)) {
            Thread.sleep(50);
        }
    }

    private Path log() {
        return directory.resolve("log");
    }

    /** Of up to three whiles: who spins does so in all of them, and what a compiler thread does is over once. */
    private long ticksOfACalmWhile() throws Exception {
        long ticks = Long.MAX_VALUE;
        for (int i = 0; i < 3 && ticks >= CALM_TICKS; i++) {
            long before = cpuTicks();
            assertThat(process.waitFor(WHILE_SECONDS, TimeUnit.SECONDS))
                    .as("it ended")
                    .isFalse();
            ticks = cpuTicks() - before;
        }
        return ticks;
    }

    /** User and system time, after the name in brackets, which may hold anything. */
    private long cpuTicks() throws Exception {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
}
