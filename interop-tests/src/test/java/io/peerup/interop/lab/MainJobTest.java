package io.peerup.interop.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people come for: OpenSSH from one home to another, each behind its own router, through our own relay, set up by
 * the commands that a person types. OpenSSH, {@code sha256sum} and the kernel's packet counters judge.
 */
@ParameterizedClass
@MethodSource("io.peerup.interop.lab.LabRequirements#privileges")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class MainJobTest {
    private static final Duration PATIENCE = Patience.LONG;
    private static final int FILE_BYTES = 100_000_000;
    private static final Duration BACK_WITHIN = Duration.ofSeconds(5);

    /** Not with the logs: a unix socket takes no long path, and a checkout may have one. */
    @TempDir
    Path homes;

    private final Privilege privilege;
    private NatLab lab;
    private SshServer sshd;
    private PeerupPrograms atRelay;
    private PeerupPrograms atHome;
    private PeerupPrograms atLaptop;
    private LabProcess relay;
    private LabProcess home;
    private LabProcess laptop;
    private String homeId;

    MainJobTest(Privilege privilege) {
        this.privilege = privilege;
    }

    @BeforeEach
    void setUp() throws Exception {
        lab = NatLab.open("main-job", privilege, Nat.PORT_RESTRICTED, Nat.PORT_RESTRICTED);
        sshd = SshServer.start(lab.homeB().host(), 2222);
        atRelay = new PeerupPrograms(lab.relay(), homes.resolve("vps"));
        atHome = new PeerupPrograms(lab.homeB().host(), homes.resolve("home"));
        atLaptop = new PeerupPrograms(lab.homeA().host(), homes.resolve("laptop"));

        String relayId = firstStartOfTheRelay();
        homeId = init(atHome, relayId);
        String laptopId = init(atLaptop, relayId);
        atRelay.relayServer("authorize", homeId, "home");
        atRelay.relayServer("authorize", laptopId, "laptop");
        atHome.peerup("auth", "add", laptopId, "--comment", "laptop");
        atHome.peerup("service", "add", "ssh", "127.0.0.1:2222");

        relay = startRelay();
        home = startDaemon(atHome);
        laptop = startDaemon(atLaptop);
        report();
    }

    @AfterEach
    void tearDown() throws Exception {
        try {
            sshd.close();
        } finally {
            lab.close();
        }
    }

    @Test
    void sshAcrossTwoNatsRunsACommandCopiesAFileAndSurvivesARestartOfTheRelay() throws Exception {
        LabProcess proxy = atLaptop.startPeerup("proxy", "proxy", homeId, "ssh", "2200");
        proxy.waitForLine("listening on 127.0.0.1:2200", PATIENCE);
        SshClient ssh = sshd.client(lab.homeA().host());

        assertThat(ssh.run(2200, "echo $((6 * 7)); readlink /proc/self/ns/net").lines())
                .containsExactly("42", lab.homeB().host().run("readlink", "/proc/self/ns/net"));

        copyAndCompare(ssh);

        assertThat(atLaptop.peerup("ping", "-c", "3", homeId)).contains("3 received", "[RELAYED]");
        assertThat(atLaptop.peerup("status")).contains("reserved until", "RELAYED");

        LabProcess idle = lab.homeA().host().start("idle-ssh", ssh.command(2200, "cat"), Map.of());
        idle.type("hello");
        idle.waitForLine("^hello$", PATIENCE);
        assertThat(relay.stop()).isZero();
        relay = startRelay();
        long up = System.nanoTime();
        assertThat(firstAnswer(ssh)).isEqualTo("back");
        assertThat(System.nanoTime() - up).isLessThan(BACK_WITHIN.toNanos());

        assertThat(lab.traffic().directPackets()).isZero();
        assertThat(lab.traffic().relayPackets()).isGreaterThan(FILE_BYTES / 65_536);
        assertThat(home.stop()).isZero();
        assertThat(laptop.stop()).isZero();
        assertThat(proxy.waitFor(PATIENCE)).isEqualTo(1);
    }

    @Test
    void aPeerThatIsRemovedIsOutAtOnce() throws Exception {
        LabProcess proxy = atLaptop.startPeerup("proxy", "proxy", homeId, "ssh", "2200");
        proxy.waitForLine("listening on 127.0.0.1:2200", PATIENCE);
        SshClient ssh = sshd.client(lab.homeA().host());
        LabProcess session = lab.homeA().host().start("ssh", ssh.command(2200, "cat"), Map.of());
        session.type("hello");
        session.waitForLine("^hello$", PATIENCE);

        String laptopId = atLaptop.peerup("whoami");
        atHome.peerup("auth", "remove", laptopId);

        assertThat(session.waitFor(PATIENCE)).isEqualTo(255);
        Patience.until("nobody is at home", () -> !atHome.peerup("status").contains("RELAYED"));
    }

    /** What a person sees whose relay carries less than the file needs. */
    @Test
    void theRelaysLimitIsToldInOneLine() throws Exception {
        home.stop();
        relay.stop();
        Path config = atRelay.home().resolve("relay-server.yaml");
        Files.writeString(config, Files.readString(config).replace("1GB", "2MB"));
        relay = startRelay();
        home = startDaemon(atHome); // knows when it holds its reservation again
        LabProcess proxy = atLaptop.startPeerup("proxy", "proxy", homeId, "ssh", "2200");
        proxy.waitForLine("listening on 127.0.0.1:2200", PATIENCE);
        SshClient ssh = sshd.client(lab.homeA().host());

        LabProcess flood = lab.homeA().host().start("flood", ssh.command(2200, "head -c 10000000 /dev/zero"), Map.of());

        assertThat(flood.waitFor(PATIENCE)).isEqualTo(255);
        assertThat(proxy.waitForLine("the relay ended the session.*", PATIENCE).group())
                .contains("2 MiB per direction", "session_data_limit");
    }

    private String firstStartOfTheRelay() throws Exception {
        LabProcess first = atRelay.startRelayServer("relay-first", "serve");
        String id = first.waitForLine("^Relay Peer ID: (\\S+)$", PATIENCE).group(1);
        first.waitForLine("Private relay running", PATIENCE);
        assertThat(first.stop()).isZero();
        Path config = atRelay.home().resolve("relay-server.yaml");
        Files.writeString(
                config,
                Files.readString(config) + "\nresources:\n  session_data_limit: \"1GB\"\n  session_duration: \"1h\"\n");
        return id;
    }

    private static String init(PeerupPrograms programs, String relayId) throws Exception {
        programs.peerup("init", "--relay", "11.0.0.10", "--relay-id", relayId);
        return programs.peerup("whoami");
    }

    private LabProcess startRelay() throws Exception {
        LabProcess process = atRelay.startRelayServer("relay", "serve");
        process.waitForLine("Private relay running", PATIENCE);
        return process;
    }

    private static LabProcess startDaemon(PeerupPrograms programs) throws Exception {
        LabProcess daemon = programs.startPeerup("daemon", "daemon");
        daemon.waitForLine("reserved until", PATIENCE);
        return daemon;
    }

    private void copyAndCompare(SshClient ssh) throws Exception {
        byte[] content = new byte[FILE_BYTES];
        new Random(1).nextBytes(content);
        Path original = Files.write(lab.logs().resolve("original"), content);
        Path copy = lab.logs().resolve("copy");
        ssh.copy(2200, original, copy);
        assertThat(sha256(lab.homeB().host(), copy))
                .isEqualTo(sha256(lab.homeA().host(), original));
        Files.delete(original);
        Files.delete(copy);
    }

    private static String sha256(Namespace host, Path file) throws IOException, InterruptedException {
        return host.run("sh", "-c", "sha256sum <" + file);
    }

    private static String firstAnswer(SshClient ssh) throws InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            try {
                return ssh.run(2200, "echo back");
            } catch (IOException notYet) {
                assertThat(System.nanoTime() - begun).isLessThan(PATIENCE.toNanos());
            }
        }
    }

    private void report() throws IOException {
        String line = "idle memory: relay %d MB, daemon at home %d MB, daemon on the laptop %d MB%n"
                .formatted(relay.rssKib() >> 10, home.rssKib() >> 10, laptop.rssKib() >> 10);
        System.out.print(line);
        Files.writeString(Path.of("target", "main-job.txt"), line);
    }
}
