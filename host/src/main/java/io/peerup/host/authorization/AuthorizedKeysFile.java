package io.peerup.host.authorization;

import io.peerup.host.file.AtomicFile;
import io.peerup.host.file.BoundedFile;
import io.peerup.host.file.Disk;
import io.peerup.host.file.EditLock;
import io.peerup.host.file.FileMode;
import io.peerup.host.file.FileProblem;
import io.peerup.host.file.PrintableText;
import io.peerup.wire.PeerId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An {@code authorized_keys} file. Changes replace it as a whole and keep every line they are not about; two programs
 * that change it at once take turns.
 *
 * @param path where it is
 */
public record AuthorizedKeysFile(Path path, Disk disk) {
    /** The longest file. */
    public static final int MAX_BYTES = 1 << 20;

    /** The most peers. */
    public static final int MAX_PEERS = 10_000;

    /** What {@code init} puts into a new file. */
    public static final String TEMPLATE = """
            # Peers that may connect: one peer ID per line, then optionally # and a comment.
            # Changes count within a second, also for peers that are connected.
            """;

    /** The file on this machine's disk. */
    public static AuthorizedKeysFile at(Path path) {
        return new AuthorizedKeysFile(path, Disk.local());
    }

    /**
     * The set for a gate.
     *
     * @throws FileProblem when the file is absent, unreadable, writable by anybody or too long, or one line is no peer
     *     ID: a gate must not guess
     */
    public AuthorizedKeys load() throws FileProblem {
        return strictly(requirePresent());
    }

    /** What a person wants to see: an absent file is an empty one, bad lines are named. */
    public AuthorizedKeysReport report() throws FileProblem {
        return text().report();
    }

    /**
     * Adds a peer at the end, creating the file with mode 0600.
     *
     * @return false when the peer is in the file already
     */
    public boolean add(PeerId peer, String comment) throws FileProblem {
        return EditLock.holding(path, () -> {
            AuthorizedKeysText old = text();
            if (names(old, peer)) {
                return false;
            }
            byte[] changed = old.with(new AuthorizedPeer(peer, comment)).bytes();
            if (changed.length > MAX_BYTES || old.report().peers().size() >= MAX_PEERS) {
                throw FileProblem.in(path, "is full: at most " + MAX_PEERS + " peers in " + MAX_BYTES + " bytes");
            }
            AtomicFile.write(disk, path, changed);
            return true;
        });
    }

    /**
     * Removes every line of a peer.
     *
     * @return false when there is none
     */
    public boolean remove(PeerId peer) throws FileProblem {
        return EditLock.holding(path, () -> {
            AuthorizedKeysText old = text();
            if (!names(old, peer)) {
                return false;
            }
            AtomicFile.write(disk, path, old.without(peer).bytes());
            return true;
        });
    }

    /** The bytes as they are, for a gate: an absent file is a problem. */
    byte[] requirePresent() throws FileProblem {
        Optional<byte[]> content = BoundedFile.readIfPresent(disk, path, MAX_BYTES);
        if (content.isEmpty()) {
            throw new FileProblem("authorized keys file " + path + " does not exist; create it with: peerup auth add"
                    + " <peer-id>, on a relay: relay-server authorize <peer-id>");
        }
        requireOwned();
        return content.get();
    }

    AuthorizedKeys strictly(byte[] content) throws FileProblem {
        AuthorizedKeysReport report = AuthorizedKeysText.of(content).report();
        if (!report.isValid()) {
            BadLine bad = report.badLines().getFirst();
            throw FileProblem.at(
                    path,
                    bad.number(),
                    "invalid peer ID at line " + bad.number() + ": " + PrintableText.quoted(bad.text()) + " (error: "
                            + bad.reason() + "); correct the line or put # before it");
        }
        if (report.peers().size() > MAX_PEERS) {
            throw FileProblem.in(path, "has more than " + MAX_PEERS + " peers");
        }
        return AuthorizedKeys.of(report.peers());
    }

    private AuthorizedKeysText text() throws FileProblem {
        return AuthorizedKeysText.of(
                BoundedFile.readIfPresent(disk, path, MAX_BYTES).orElse(new byte[0]));
    }

    private static boolean names(AuthorizedKeysText text, PeerId peer) {
        return text.report().peers().stream().anyMatch(entry -> entry.id().equals(peer));
    }

    private void requireOwned() throws FileProblem {
        try {
            Optional<FileMode> mode = FileMode.of(path);
            if (mode.isPresent() && mode.get().isWritableByAnybody()) {
                throw new FileProblem("authorized keys file " + path + " has mode " + mode.get()
                        + ", anybody on this machine may add a peer; fix with: chmod 600 " + path);
            }
        } catch (FileProblem open) {
            throw open;
        } catch (IOException failed) {
            throw FileProblem.cannotRead(path, failed);
        }
    }
}
