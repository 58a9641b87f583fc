package io.peerup.node.api.server;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** Makes a listening unix socket that was never anybody's but its owner's. */
final class PrivateBind {
    private static final int NAME_BOUND = 1 << 24;

    private PrivateBind() {}

    /** Binds, then puts the socket, mode 0600, in the place of whatever is there. */
    static ServerSocketChannel at(Path socket, int backlog) throws IOException {
        Path directory = createDirectoryBeside(socket);
        try {
            return bind(directory.resolve("s"), socket, backlog);
        } finally {
            Files.deleteIfExists(directory.resolve("s"));
            Files.delete(directory);
        }
    }

    private static ServerSocketChannel bind(Path temporary, Path socket, int backlog) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(temporary), backlog);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
            Files.move(temporary, socket, StandardCopyOption.ATOMIC_MOVE);
            return channel;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /** With a name so short that a path which fits the system's limit for the socket fits it here, too. */
    private static Path createDirectoryBeside(Path socket) throws IOException {
        String random = Integer.toHexString(new SecureRandom().nextInt(NAME_BOUND));
        return Files.createDirectory(
                socket.resolveSibling(".p" + random),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
