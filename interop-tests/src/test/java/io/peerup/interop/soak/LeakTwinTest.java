package io.peerup.interop.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.interop.JavaPeer;
import io.peerup.interop.lab.LabProcess;
import io.peerup.interop.lab.OurProgram;
import io.peerup.interop.soak.LeakingProgram.Leak;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The soak's sabotaged twins: processes that leak, watched and judged in the same way; and one that does not. */
class LeakTwinTest {
    private static final int CONNECTIONS = 40;
    /** What is kept for ever is not waited for. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @ParameterizedTest
    @CsvSource({
        "DESCRIPTOR, descriptors where there were",
        "THREAD, threads where there were",
        "BUFFER, LEAK: ByteBuf.release",
        "HEAP, alive on the heap",
    })
    void whatIsKeptOfEveryConnectionIsFound(Leak leak, String complaint) throws Exception {
        assertThat(complaints(leak, SOON)).anyMatch(line -> line.contains(complaint));
    }

    @ParameterizedTest
    @CsvSource("NOTHING")
    void whoKeepsNothingIsNotAccused(Leak nothing) throws Exception {
        assertThat(complaints(nothing, Residue.LONGEST_REST)).isEmpty();
    }

    private static List<String> complaints(Leak leak, Duration longest) throws Exception {
        try (LabProcess process = start(leak)) {
            Multiaddr address = Multiaddr.parse(
                    process.waitForLine("^listening on (\\S+)$", PATIENCE).group(1));
            connect(address, CONNECTIONS);
            Residue residue = Residue.in(List.of(new Subject("peer", process)), Bounds.USUAL);
            return new Judge(Bounds.USUAL)
                    .complaints(residue.of(() -> connect(address, CONNECTIONS), () -> connect(address, 1), longest)
                            .getFirst());
        }
    }

    private static LabProcess start(Leak leak) throws Exception {
        List<String> command = OurProgram.command(
                System.getProperty("java.class.path"), LeakingProgram.class, Machine.PARANOID, leak.name());
        return LabProcess.onThisMachine(
                new ProcessBuilder(command), Path.of("target", "soak-leaking-" + leak + ".log"));
    }

    private static void connect(Multiaddr address, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            try (JavaPeer peer = JavaPeer.start(Identity.generate())) {
                JavaPeer.ping(peer.connect(address.peerId().orElseThrow(), address.withoutPeerId()));
            }
        }
    }
}
