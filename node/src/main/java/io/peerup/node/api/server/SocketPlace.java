package io.peerup.node.api.server;

import io.peerup.host.file.FileProblem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Whether there can be a unix socket at some path. */
final class SocketPlace {
    /** The system's structure holds 108 bytes on Linux and 104 elsewhere, of which the JDK leaves two free. */
    static final int MAX_PATH_BYTES = isSystem("Linux") ? 106 : 102;

    private SocketPlace() {}

    static void require(Path socket) throws FileProblem {
        if (isSystem("Windows")) {
            throw new FileProblem("the peerup daemon does not run on Windows; use WSL");
        }
        int bytes = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_PATH_BYTES) {
            throw FileProblem.in(
                    socket,
                    "a path of " + bytes + " bytes is too long for a unix socket, at most " + MAX_PATH_BYTES
                            + "; move the configuration to a shorter directory");
        }
    }

    private static boolean isSystem(String name) {
        return System.getProperty("os.name").startsWith(name);
    }
}
