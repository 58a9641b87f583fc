package io.peerup.testkit.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Go-libp2p peers, built on first use; see {@code interop-tests/go-peer/README.md} for flags and commands. For tests and
 * programs that run in the directory of a module.
 */
public final class GoPeer {
    private static final Path SOURCE =
            Path.of("..", "interop-tests", "go-peer").toAbsolutePath().normalize();
    private static final int BUILDS = 3;
    private static final Map<GoVersion, Path> BUILT = new EnumMap<>(GoVersion.class);

    private GoPeer() {}

    public static PeerProcess start(GoVersion version, String... flags) throws Exception {
        List<String> command = new ArrayList<>(List.of(binary(version).toString()));
        command.addAll(List.of(flags));
        PeerProcess peer = PeerProcess.start(command, Path.of("target", "go-peer-" + version.release() + ".log"));
        if (!peer.version().equals(version.release())) {
            peer.close();
            throw new IllegalStateException("built with " + peer.version() + " instead of " + version.release());
        }
        return peer;
    }

    private static synchronized Path binary(GoVersion version) throws IOException, InterruptedException {
        Path built = BUILT.get(version);
        if (built == null) {
            Requirements.go();
            built = Path.of("target", "go-peer-" + version.release())
                    .toAbsolutePath()
                    .normalize();
            Files.createDirectories(built.getParent());
            List<String> command = new ArrayList<>(List.of("go", "build"));
            command.add("-modfile=" + version.modFile());
            command.addAll(List.of("-o", built.toString(), "."));
            build(command);
            BUILT.put(version, built);
        }
        return built;
    }

    /** What the build fetches may not come at the first try. */
    private static void build(List<String> command) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                Commands.run(SOURCE, command);
                return;
            } catch (IOException failed) {
                if (attempt == BUILDS) {
                    throw failed;
                }
                System.err.println("again, for " + failed.getMessage());
            }
        }
    }
}
