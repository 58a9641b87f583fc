package io.peerup.node.api.server;

import io.peerup.host.file.AtomicFile;
import io.peerup.host.file.EditLock;
import io.peerup.host.file.FileProblem;
import io.peerup.node.api.ApiFiles;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The claim on a directory: whoever holds it is the one daemon there. The socket listens from the start, so that a
 * second daemon finds it; clients wait until somebody serves it.
 *
 * <p>Two daemons that start at once take turns under a lock beside the socket. The socket is bound in a directory that
 * only the owner can enter and then moved to its place, so nobody else can connect at any moment, whatever the umask and
 * the mode of the directory; the cookie is there before it.
 */
public final class ApiSocket implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final ApiFiles files;
    private final Cookie cookie;
    private final ServerSocketChannel channel;

    private ApiSocket(ApiFiles files, Cookie cookie, ServerSocketChannel channel) {
        this.files = files;
        this.cookie = cookie;
        this.channel = channel;
    }

    /**
     * Claims a directory, which must exist. What a daemon that was killed has left is replaced.
     *
     * @throws FileProblem with one line when a daemon runs there, or the files cannot be made
     */
    public static ApiSocket claim(Path directory) throws FileProblem {
        ApiFiles files = new ApiFiles(directory);
        SocketPlace.require(files.socket());
        return EditLock.holding(files.socket(), () -> {
            refuseIfRunning(files.socket());
            return open(files);
        });
    }

    /** Where clients connect. */
    public Path path() {
        return files.socket();
    }

    Cookie cookie() {
        return cookie;
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** Gives the claim up: removes the files, as far as they are still ours, and stops listening. Safe to call twice. */
    @Override
    public void close() {
        removeFiles();
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // nobody listens either way
        }
    }

    /** New clients find no daemon from here on. */
    void removeFiles() {
        try {
            EditLock.holding(files.socket(), () -> {
                removeIfOurs();
                return files;
            });
        } catch (FileProblem unable) {
            // what is left is stale, which is no obstacle to the next daemon
        }
    }

    /** A daemon that has claimed the directory after us has written its own cookie first. */
    private void removeIfOurs() {
        try {
            if (Files.readString(files.cookie()).equals(cookie.hex())) {
                Files.deleteIfExists(files.socket());
                Files.delete(files.cookie());
            }
        } catch (IOException gone) {
            // then there is nothing of ours
        }
    }

    private static void refuseIfRunning(Path socket) throws FileProblem {
        if (isSomebodyThere(socket)) {
            throw new FileProblem("daemon already running: socket " + socket
                    + " is already in use; stop it with: peerup daemon stop");
        }
    }

    /** Told apart by the type of the exception: its text is the system's, in the system's language. */
    private static boolean isSomebodyThere(Path socket) throws FileProblem {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(socket));
            return true;
        } catch (ConnectException refused) {
            return false;
        } catch (BindException forbidden) {
            throw FileProblem.in(socket, "belongs to a daemon of another user; stop that one or remove the file");
        } catch (IOException absentOrTooBusy) {
            return Files.exists(socket) && !Files.isRegularFile(socket);
        }
    }

    private static ApiSocket open(ApiFiles files) throws FileProblem {
        Cookie cookie = Cookie.random();
        AtomicFile.write(files.cookie(), cookie.hex());
        try {
            return new ApiSocket(files, cookie, PrivateBind.at(files.socket(), BACKLOG));
        } catch (IOException failed) {
            try {
                Files.deleteIfExists(files.cookie());
            } catch (IOException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw FileProblem.cannotWrite(files.socket(), failed);
        }
    }
}
