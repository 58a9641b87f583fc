package io.peerup.node.api;

import java.nio.file.Path;

/**
 * Where a daemon can be talked to: beside its configuration file.
 *
 * @param directory absolute
 */
public record ApiFiles(Path directory) {
    /** Makes the directory absolute. */
    public ApiFiles {
        directory = directory.toAbsolutePath().normalize();
    }

    /** The unix socket. */
    public Path socket() {
        return directory.resolve("peerup.sock");
    }

    /** The file with the cookie that every request must carry. */
    public Path cookie() {
        return directory.resolve(".daemon-cookie");
    }
}
