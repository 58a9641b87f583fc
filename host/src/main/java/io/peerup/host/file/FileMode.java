package io.peerup.host.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may do what with a file, as {@code chmod} writes it. Where the file system has no such modes there is nothing to
 * check.
 *
 * @param bits the nine permission bits
 */
public record FileMode(int bits) {
    /** 0600. */
    public static final FileMode OWNER_ONLY = new FileMode(0600);

    /** 0700. */
    public static final FileMode OWNER_ONLY_DIRECTORY = new FileMode(0700);

    private static final int ALL = 0777;
    private static final int GROUP_AND_OTHERS = 0077;
    private static final int OTHERS_WRITE = 0002;

    /** Rejects other bits. */
    public FileMode {
        if ((bits & ~ALL) != 0) {
            throw new IllegalArgumentException("nine permission bits, not " + bits);
        }
    }

    /** The mode of a file, links followed; empty where files have none. */
    public static Optional<FileMode> of(Path file) throws IOException {
        try {
            int bits = 0;
            for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
                bits |= bit(permission);
            }
            return Optional.of(new FileMode(bits));
        } catch (UnsupportedOperationException noModes) {
            return Optional.empty();
        }
    }

    /** Whether nobody but the owner may do anything. */
    public boolean isPrivate() {
        return (bits & GROUP_AND_OTHERS) == 0;
    }

    /** Whether anybody on the machine may write. */
    public boolean isWritableByAnybody() {
        return (bits & OTHERS_WRITE) != 0;
    }

    /** For the creation of a file beside {@code path}; empty where files have no modes. */
    FileAttribute<?>[] attributes(Path path) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> permissions = Set.of(PosixFilePermission.values()).stream()
                .filter(permission -> (bits & bit(permission)) != 0)
                .collect(Collectors.toUnmodifiableSet());
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }

    /** Octal with a leading zero, such as {@code 0644}. */
    @Override
    public String toString() {
        return String.format("%04o", bits);
    }

    private static int bit(PosixFilePermission permission) {
        return switch (permission) {
            case OWNER_READ -> 0400;
            case OWNER_WRITE -> 0200;
            case OWNER_EXECUTE -> 0100;
            case GROUP_READ -> 0040;
            case GROUP_WRITE -> 0020;
            case GROUP_EXECUTE -> 0010;
            case OTHERS_READ -> 0004;
            case OTHERS_WRITE -> 0002;
            case OTHERS_EXECUTE -> 0001;
        };
    }
}
