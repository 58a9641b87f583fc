package io.peerup.host.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The few things these packages ask of a file system, so that a test can fill the disk at any byte. */
public interface Disk {
    /** The disk of this machine. */
    static Disk local() {
        return LocalDisk.INSTANCE;
    }

    /** Opens a regular file for reading. */
    InputStream open(Path file) throws IOException;

    /** Creates a file that did not exist, with mode 0600 from its first moment. */
    NewFile create(Path file) throws IOException;

    /** Puts {@code from} in the place of {@code to}, in one step. */
    void rename(Path from, Path to) throws IOException;

    /** Gives a file a second name, in one step. Fails when the name is taken or the file system has no links. */
    void link(Path name, Path existing) throws IOException;

    /** Gives {@code to} the owner and group of {@code from}, as far as this process may. */
    void copyOwner(Path from, Path to);

    /** Deletes a file if it is there. */
    void delete(Path file) throws IOException;

    /** Makes the names in a directory durable, as far as the file system can. */
    void forceDirectory(Path directory);

    /** A file being written. */
    interface NewFile extends Closeable {
        /** Appends all of {@code content}. */
        void write(byte[] content) throws IOException;

        /** Makes what was written durable. */
        void force() throws IOException;
    }
}
