package io.peerup.host.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Reads regular files up to a bound. Absent is an answer; anything else that prevents reading is a problem. */
public final class BoundedFile {
    private BoundedFile() {}

    /**
     * The content of a file, links followed; empty when there is no such file.
     *
     * @throws FileProblem when there is something of that name that cannot be read, is no regular file or is longer
     */
    public static Optional<byte[]> readIfPresent(Disk disk, Path file, int maxBytes) throws FileProblem {
        try {
            if (!isPresent(file)) {
                return Optional.empty();
            }
            try (InputStream stream = disk.open(file)) {
                byte[] content = stream.readNBytes(maxBytes + 1);
                if (content.length > maxBytes) {
                    throw FileProblem.in(file, "longer than " + maxBytes + " bytes; this cannot be the right file");
                }
                return Optional.of(content);
            }
        } catch (FileProblem problem) {
            throw problem;
        } catch (IOException failed) {
            throw FileProblem.cannotRead(file, failed);
        }
    }

    /**
     * Text, with the byte order mark that some editors leave taken off.
     *
     * @throws FileProblem when the bytes are not UTF-8
     */
    public static String utf8(Path file, byte[] content) throws FileProblem {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notText) {
            throw FileProblem.in(file, "not UTF-8 text; save it as UTF-8 or restore it from a backup");
        }
    }

    /** Fails for a directory, a device, a link that leads nowhere. */
    private static boolean isPresent(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw FileProblem.in(file, "is a directory; a file is expected here");
            }
            if (!attributes.isRegularFile()) {
                throw FileProblem.in(file, "is not a regular file");
            }
            return true;
        } catch (NoSuchFileException absent) {
            if (Files.isSymbolicLink(file)) {
                throw FileProblem.in(file, "is a symbolic link that leads nowhere; repair or remove it");
            }
            return false;
        }
    }
}
