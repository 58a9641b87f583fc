package io.peerup.host.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Arrays;

/** The real disk until a budget of bytes or steps is used up; deleting always works. */
public final class FailingDisk implements Disk {
    private final Disk disk = Disk.local();
    private final boolean unreadable;
    private final boolean withoutLinks;
    private long bytesLeft;
    private long stepsLeft;

    private FailingDisk(long bytes, long steps, boolean unreadable, boolean withoutLinks) {
        this.bytesLeft = bytes;
        this.stepsLeft = steps;
        this.unreadable = unreadable;
        this.withoutLinks = withoutLinks;
    }

    /** Full after this many bytes. */
    public static FailingDisk fullAfterBytes(long bytes) {
        return new FailingDisk(bytes, Long.MAX_VALUE, false, false);
    }

    /** Broken after this many calls that change something. */
    public static FailingDisk brokenAfterSteps(long steps) {
        return new FailingDisk(Long.MAX_VALUE, steps, false, false);
    }

    /** One that lets nothing be read, as for a user without permission. */
    public static FailingDisk unreadable() {
        return new FailingDisk(Long.MAX_VALUE, Long.MAX_VALUE, true, false);
    }

    /** A memory stick: no hard links. */
    public static FailingDisk withoutLinks(long bytes) {
        return new FailingDisk(bytes, Long.MAX_VALUE, false, true);
    }

    /** Whether something failed. */
    public boolean hasFailed() {
        return bytesLeft < 0 || stepsLeft < 0;
    }

    @Override
    public InputStream open(Path file) throws IOException {
        if (unreadable) {
            throw new AccessDeniedException(file.toString());
        }
        return disk.open(file);
    }

    @Override
    public NewFile create(Path file) throws IOException {
        step();
        return new LimitedFile(disk.create(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step();
        disk.rename(from, to);
    }

    @Override
    public void link(Path name, Path existing) throws IOException {
        step();
        if (withoutLinks) {
            throw new IOException("Operation not permitted");
        }
        disk.link(name, existing);
    }

    @Override
    public void copyOwner(Path from, Path to) {
        disk.copyOwner(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void forceDirectory(Path directory) {
        disk.forceDirectory(directory);
    }

    private void step() throws IOException {
        if (--stepsLeft < 0) {
            throw new IOException("Input/output error");
        }
    }

    private final class LimitedFile implements NewFile {
        private final NewFile file;

        LimitedFile(NewFile file) {
            this.file = file;
        }

        @Override
        public void write(byte[] content) throws IOException {
            step();
            bytesLeft -= content.length;
            if (bytesLeft < 0) {
                file.write(Arrays.copyOf(content, (int) (content.length + bytesLeft)));
                throw new IOException("No space left on device");
            }
            file.write(content);
        }

        @Override
        public void force() throws IOException {
            step();
            file.force();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
