package io.peerup.host.identity;

import io.peerup.host.file.AtomicFile;
import io.peerup.host.file.BoundedFile;
import io.peerup.host.file.Disk;
import io.peerup.host.file.FileMode;
import io.peerup.host.file.FileProblem;
import io.peerup.wire.Identity;
import io.peerup.wire.ProtocolViolation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A private key on disk: the serialised {@code PrivateKey} of libp2p, raw, mode 0600. A file that is there is never
 * replaced, whatever is wrong with it: the key in it may be the only one that the peers of this node know.
 *
 * <p>Spec: libp2p/specs peer-ids, "Keys".
 *
 * @param path where the key is
 */
public record IdentityFile(Path path, Disk disk) {
    /** The file on this machine's disk. */
    public static IdentityFile at(Path path) {
        return new IdentityFile(path, Disk.local());
    }

    /**
     * The identity in the file.
     *
     * @throws FileProblem when the file is absent, unreadable, open to others than its owner, or no private key
     */
    public Identity load() throws FileProblem {
        Optional<Identity> present = loadIfPresent();
        if (present.isEmpty()) {
            throw new FileProblem("key file " + path + " does not exist; restore it from a backup, or create a new"
                    + " identity with: peerup init");
        }
        return present.get();
    }

    /**
     * The identity in the file; only when there is no file, a new one that is now in it. Programs that start at the
     * same time get the same identity.
     *
     * @throws FileProblem as {@link #load}, or when the new file cannot be written
     */
    public Identity loadOrCreate() throws FileProblem {
        Optional<Identity> present = loadIfPresent();
        if (present.isPresent()) {
            return present.get();
        }
        Identity fresh = Identity.generate();
        return AtomicFile.create(disk, path, fresh.toProtobuf()) ? fresh : load();
    }

    /** The identity in the file, empty only when there is no file; otherwise as {@link #load}. */
    public Optional<Identity> loadIfPresent() throws FileProblem {
        Optional<byte[]> content = BoundedFile.readIfPresent(disk, path, Identity.MAX_BYTES);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        requirePrivate();
        try {
            return Optional.of(Identity.fromProtobuf(content.get()));
        } catch (ProtocolViolation notAKey) {
            throw new FileProblem(
                    "key file " + path + " does not hold a whole private key (" + notAKey.rule()
                            + "); it is left as it is: restore it from a backup, or move it away to get a new identity",
                    notAKey);
        }
    }

    private void requirePrivate() throws FileProblem {
        try {
            Optional<FileMode> mode = FileMode.of(path);
            if (mode.isPresent() && !mode.get().isPrivate()) {
                throw new FileProblem("key file " + path + " has insecure permissions " + mode.get()
                        + " (expected 0600); fix with: chmod 600 " + path);
            }
        } catch (FileProblem insecure) {
            throw insecure;
        } catch (IOException failed) {
            throw FileProblem.cannotRead(path, failed);
        }
    }
}
