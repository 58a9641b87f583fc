package io.peerup.host.config;

import io.peerup.host.file.AtomicFile;
import io.peerup.host.file.BoundedFile;
import io.peerup.host.file.Disk;
import io.peerup.host.file.FileMode;
import io.peerup.host.file.FileProblem;
import io.peerup.host.file.PrivateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is in a configuration file.
 *
 * @param text without a byte order mark
 * @param marked whether there was one
 */
record ConfigText(String text, boolean marked) {
    static final int MAX_BYTES = 1 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Reads a file that only its owner may read. */
    static ConfigText load(Disk disk, Path file) throws FileProblem {
        Optional<byte[]> content = BoundedFile.readIfPresent(disk, file, MAX_BYTES);
        if (content.isEmpty()) {
            throw new FileProblem("config file not found: " + file + "; check the path, or name another with --config");
        }
        requirePrivate(file);
        boolean marked = content.get().length > 0 && content.get()[0] == (byte) 0xEF;
        return new ConfigText(BoundedFile.utf8(file, content.get()), marked);
    }

    /** Puts a new file in place, and its directory. */
    static void create(Disk disk, Path file, String text) throws FileProblem {
        PrivateDirectory.create(file.resolveSibling(".").normalize());
        if (!AtomicFile.create(disk, file, text.getBytes(StandardCharsets.UTF_8))) {
            throw new FileProblem("config already exists: " + file + "; edit it, or move it away to get a new one");
        }
    }

    /** Replaces the file by {@code changed}. */
    void replace(Disk disk, Path file, String changed) throws FileProblem {
        byte[] content = ((marked ? BYTE_ORDER_MARK : "") + changed).getBytes(StandardCharsets.UTF_8);
        if (content.length > MAX_BYTES) {
            throw FileProblem.in(file, "would be longer than " + MAX_BYTES + " bytes; nothing was changed");
        }
        AtomicFile.write(disk, file, content);
    }

    private static void requirePrivate(Path file) throws FileProblem {
        try {
            Optional<FileMode> mode = FileMode.of(file);
            if (mode.isPresent() && !mode.get().isPrivate()) {
                throw new FileProblem("config file " + file + " has overly permissive mode " + mode.get()
                        + "; expected 0600 - fix with: chmod 600 " + file);
            }
        } catch (FileProblem open) {
            throw open;
        } catch (IOException failed) {
            throw FileProblem.cannotRead(file, failed);
        }
    }
}
