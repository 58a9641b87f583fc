package io.peerup.interop.soak;

import io.peerup.host.authorization.AuthorizedKeysFile;
import io.peerup.host.file.AtomicFile;
import io.peerup.host.file.PrivateDirectory;
import io.peerup.host.identity.IdentityFile;
import io.peerup.interop.lab.LabProcess;
import io.peerup.interop.lab.OurProgram;
import io.peerup.wire.PeerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The directory of one of our programs on loopback. */
record Machine(String name, Path directory, PeerId peerId) {
    /** Tell of every buffer that is dropped without release. */
    static final List<String> PARANOID = List.of("-Dio.netty.leakDetection.level=paranoid");

    static Machine at(Path directory) throws IOException {
        PrivateDirectory.create(directory);
        PeerId peer = IdentityFile.at(directory.resolve("identity.key"))
                .loadOrCreate()
                .peerId();
        return new Machine(directory.getFileName().toString(), directory, peer);
    }

    AuthorizedKeysFile keys() {
        return AuthorizedKeysFile.at(directory.resolve("authorized_keys"));
    }

    /** Starts a program whose configuration ends with {@code more}, and which then says that it is ready. */
    LabProcess start(Class<?> program, String command, String more) throws IOException {
        Path config = directory.resolve("config.yaml");
        AtomicFile.write(config, """
                version: 1
                identity:
                  key_file: "identity.key"
                network:
                  listen_addresses: ["/ip4/127.0.0.1/tcp/0"]
                security:
                  authorized_keys_file: "authorized_keys"
                  enable_connection_gating: true
                %s""".formatted(more));
        Path log = Path.of("target", "soak-" + name + ".log");
        Files.deleteIfExists(log);
        ProcessBuilder builder =
                new ProcessBuilder(OurProgram.command(program, PARANOID, command, "--config", config.toString()));
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        return LabProcess.onThisMachine(builder, log);
    }
}
