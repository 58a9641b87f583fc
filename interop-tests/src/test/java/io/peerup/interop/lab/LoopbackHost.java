package io.peerup.interop.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine itself as a host of the laboratory: OpenSSH runs here as it does there, on the loopback that every process
 * has. Closing ends all that was started here.
 */
public final class LoopbackHost implements AutoCloseable {
    private final Enclosure enclosure;

    private LoopbackHost(Enclosure enclosure) {
        this.enclosure = enclosure;
    }

    /**
     * Ends the test as left out, or as failed on a build machine, where this cannot be had.
     *
     * @param name of the directory of logs, under {@code target/lab}
     */
    public static LoopbackHost open(String name) throws IOException, InterruptedException {
        Privilege privilege = LabRequirements.lab();
        Path logs = Files.createDirectories(Path.of("target", "lab"));
        return new LoopbackHost(Enclosure.open(
                privilege,
                Enclosure.Network.THE_MACHINES,
                Files.createTempDirectory(logs, name + "-").toAbsolutePath()));
    }

    /** Where to start processes. */
    public Namespace host() {
        return new Namespace(enclosure, "");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        enclosure.close();
    }
}
