package io.peerup.host.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something is wrong with a file. The message is one printable line that says what, where and what to do; a program
 * prints it and exits with 1.
 */
public final class FileProblem extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_CHARS = 1000;

    private final String line;

    /** A problem with a message that already says where. */
    public FileProblem(String message) {
        this(message, null);
    }

    /** The same, with what caused it. */
    public FileProblem(String message, @Nullable Throwable cause) {
        super(cause);
        this.line = PrintableText.of(message, MAX_CHARS);
    }

    /** The line to print. */
    @Override
    public String getMessage() {
        return line;
    }

    /** A problem with a file as a whole. */
    public static FileProblem in(Path file, String what) {
        return new FileProblem(file + ": " + what);
    }

    /** A problem with one line of a file, counted from 1. */
    public static FileProblem at(Path file, int line, String what) {
        return new FileProblem(file + ":" + line + ": " + what);
    }

    /** A file could not be read. */
    public static FileProblem cannotRead(Path file, IOException cause) {
        return new FileProblem("cannot read " + file + ": " + reason(cause), cause);
    }

    /** A file could not be written; what it held before is untouched. */
    public static FileProblem cannotWrite(Path file, IOException cause) {
        return new FileProblem("cannot write " + file + ", nothing was changed: " + reason(cause), cause);
    }

    /** A directory could not be made. */
    public static FileProblem cannotCreateDirectory(Path directory, IOException cause) {
        return new FileProblem("cannot create directory " + directory + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        String text = text(cause);
        String lower = text.toLowerCase(Locale.ROOT);
        if (cause instanceof FileProblem) {
            return text;
        }
        if (cause instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "something else of that name is in the way";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied; check the owner and mode of the file and its directory with ls -la";
        }
        if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            return "the disk is full (" + text + "); free some space and try again";
        }
        if (lower.contains("read-only file system")) {
            return "the file system is read-only; mount it writable or choose another directory";
        }
        return text;
    }

    private static String text(IOException cause) {
        String reason = cause instanceof FileSystemException failed ? failed.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName() : reason;
    }
}
