package io.peerup.host.file;

import io.peerup.host.file.Disk.NewFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes files whole or not at all. The content goes to a temporary file in the same directory, mode 0600 from the
 * start, reaches the disk, and only then takes the name; whatever fails on the way leaves the old file as it was and
 * nothing beside it.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** Replaces or creates a file of UTF-8 text. */
    public static void write(Path file, String text) throws FileProblem {
        write(Disk.local(), file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces or creates a file. A symbolic link stays one; the file it leads to is replaced. */
    public static void write(Disk disk, Path file, byte[] content) throws FileProblem {
        try {
            Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
            Path temporary = writeBeside(disk, target, content);
            try {
                if (Files.exists(target)) {
                    disk.copyOwner(target, temporary);
                }
                disk.rename(temporary, target);
            } catch (IOException failed) {
                deleteQuietly(disk, temporary);
                throw failed;
            }
            disk.forceDirectory(directoryOf(target));
        } catch (IOException failed) {
            throw FileProblem.cannotWrite(file, failed);
        }
    }

    /**
     * Creates a file unless there is one: of two processes that try at once, one succeeds.
     *
     * @return false when something of that name exists; it is left alone
     */
    public static boolean create(Disk disk, Path file, byte[] content) throws FileProblem {
        Path target = file.toAbsolutePath();
        try {
            Path temporary = writeBeside(disk, target, content);
            try {
                disk.link(target, temporary);
            } catch (FileAlreadyExistsException taken) {
                return false;
            } catch (IOException noLinks) {
                writeNew(disk, target, content);
            } finally {
                deleteQuietly(disk, temporary);
            }
            disk.forceDirectory(directoryOf(target));
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (IOException failed) {
            throw FileProblem.cannotWrite(file, failed);
        }
    }

    /** Creates a file of UTF-8 text unless there is one; see {@link #create(Disk, Path, byte[])}. */
    public static boolean create(Path file, String text) throws FileProblem {
        return create(Disk.local(), file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Path writeBeside(Disk disk, Path target, byte[] content) throws IOException {
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + random + ".tmp");
        writeNew(disk, temporary, content);
        return temporary;
    }

    private static void writeNew(Disk disk, Path file, byte[] content) throws IOException {
        NewFile created = disk.create(file);
        try (created) {
            created.write(content);
            created.force();
        } catch (IOException failed) {
            deleteQuietly(disk, file);
            throw failed;
        }
    }

    static Path directoryOf(Path absolute) {
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }

    private static void deleteQuietly(Disk disk, Path file) {
        try {
            disk.delete(file);
        } catch (IOException leftOver) {
            // the first failure is the one to report
        }
    }
}
