package io.peerup.host.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps two programs that change one file from losing each other's change: held from reading the file until its
 * replacement is in place. It is a lock of the operating system on an empty file {@code .NAME.lock} beside it, which
 * stays; the lock itself ends with the process at the latest.
 */
public final class EditLock {
    /** The system's lock is one per process, so threads of ours queue here first. */
    private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

    private EditLock() {}

    /** What is done under the lock. */
    @FunctionalInterface
    public interface Edit<T> {
        /** Reads, decides and writes. */
        T run() throws FileProblem;
    }

    /**
     * Waits until nobody else changes {@code file}, then runs {@code edit}. The file need not exist, its directory
     * must. Edits do not nest.
     */
    public static <T> T holding(Path file, Edit<T> edit) throws FileProblem {
        WITHIN_PROCESS.lock();
        try {
            FileChannel channel = locked(file);
            try (channel) {
                return edit.run();
            }
        } catch (FileProblem problem) {
            throw problem;
        } catch (IOException failed) {
            throw FileProblem.cannotWrite(file, failed);
        } finally {
            WITHIN_PROCESS.unlock();
        }
    }

    private static FileChannel locked(Path file) throws IOException {
        Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
        Path lock = target.resolveSibling("." + target.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(
                lock,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                FileMode.OWNER_ONLY.attributes(lock));
        try {
            // when root edits for another user, that user must be able to lock later
            Disk.local().copyOwner(Files.exists(target) ? target : AtomicFile.directoryOf(target), lock);
            channel.lock();
            return channel;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }
}
