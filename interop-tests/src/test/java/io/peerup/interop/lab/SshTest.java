package io.peerup.interop.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Real OpenSSH from home to home, over a tunnel so plain that only the laboratory can be at fault. */
@ParameterizedClass
@MethodSource("io.peerup.interop.lab.LabRequirements#privileges")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
record SshTest(Privilege privilege) {
    private static final Duration PATIENCE = Patience.LONG;

    @BeforeAll
    static void require() {
        LabRequirements.lab();
    }

    @Test
    void aCommandRunsAcrossTheRelay() throws Exception {
        try (NatLab lab = open();
                SshServer server = SshServer.start(lab.homeB().host(), 2222)) {
            tunnel(lab);
            String printed = server.client(lab.homeA().host()).run(2200, "echo $((6 * 7)); readlink /proc/self/ns/net");
            assertThat(printed.lines().toList())
                    .containsExactly("42", lab.homeB().host().run("readlink", "/proc/self/ns/net"));
            assertThat(lab.traffic().directPackets()).isZero();
            assertThat(lab.traffic().relayPackets()).isGreaterThan(10);
        }
    }

    @Test
    void aFileIsCopiedAcrossTheRelay() throws Exception {
        try (NatLab lab = open();
                SshServer server = SshServer.start(lab.homeB().host(), 2222)) {
            tunnel(lab);
            byte[] content = new byte[5_000_000];
            new Random(1).nextBytes(content);
            Path original = Files.write(lab.logs().resolve("original"), content);
            Path copy = lab.logs().resolve("copy");
            server.client(lab.homeA().host()).copy(2200, original, copy);
            assertThat(copy).hasSameBinaryContentAs(original);
            assertThat(lab.traffic().directPackets()).isZero();
        }
    }

    @Test
    void aStrangersKeyIsRefused() throws Exception {
        try (NatLab lab = open();
                SshServer server = SshServer.start(lab.relay(), 2222);
                SshServer other = SshServer.start(lab.relay(), 2223)) {
            assertThat(server.client(lab.relay()).run(2222, "echo in")).isEqualTo("in");
            assertThatThrownBy(() -> other.client(lab.relay()).run(2222, "echo in"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Permission denied");
        }
    }

    private NatLab open() throws IOException, InterruptedException {
        return NatLab.open("ssh", privilege, Nat.PORT_RESTRICTED, Nat.PORT_RESTRICTED);
    }

    /** One connection from home A's 127.0.0.1:2200 to home B's 127.0.0.1:2222; both homes dial the relay. */
    private static void tunnel(NatLab lab) throws Exception {
        LabProcess relay = join(lab.relay(), "listen:0.0.0.0:7000", "listen:0.0.0.0:7001");
        relay.waitForLine("listening on 7000", PATIENCE);
        join(lab.homeB().host(), "dial:11.0.0.10:7000", "dial:127.0.0.1:2222");
        relay.waitForLine("listening on 7001", PATIENCE);
        join(lab.homeA().host(), "listen:127.0.0.1:2200", "dial:11.0.0.10:7001").waitForLine("listening", PATIENCE);
    }

    private static LabProcess join(Namespace host, String one, String other) throws Exception {
        return host.start("join", JavaProgram.command(TcpJoin.class, one, other), Map.of());
    }
}
