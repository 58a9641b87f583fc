package io.peerup.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Go-libp2p peers, built on first use; see {@code go-peer/README.md} for flags and commands. */
final class GoPeer {
    private static final Path SOURCE = Path.of("go-peer").toAbsolutePath();
    private static final Map<GoVersion, Path> BUILT = new EnumMap<>(GoVersion.class);

    private GoPeer() {}

    static PeerProcess start(GoVersion version, String... flags) throws Exception {
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
            built = Path.of("target", "go-peer-" + version.release()).toAbsolutePath();
            Files.createDirectories(built.getParent());
            List<String> command = new ArrayList<>(List.of("go", "build"));
            command.add("-modfile=" + version.modFile());
            command.addAll(List.of("-o", built.toString(), "."));
            Commands.run(SOURCE, command);
            BUILT.put(version, built);
        }
        return built;
    }
}
