package io.peerup.host.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Set;

/** The real disk. */
enum LocalDisk implements Disk {
    INSTANCE;

    @Override
    public InputStream open(Path file) throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public NewFile create(Path file) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new ChannelFile(FileChannel.open(file, options, FileMode.OWNER_ONLY.attributes(file)));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void link(Path name, Path existing) throws IOException {
        try {
            Files.createLink(name, existing);
        } catch (UnsupportedOperationException noLinks) {
            throw new IOException("no hard links here", noLinks);
        }
    }

    @Override
    public void copyOwner(Path from, Path to) {
        PosixFileAttributeView target =
                Files.getFileAttributeView(to, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (target == null) {
            return;
        }
        try {
            PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class);
            PosixFileAttributes ours = target.readAttributes();
            if (!old.group().equals(ours.group())) {
                target.setGroup(old.group());
            }
            if (!old.owner().equals(ours.owner())) {
                target.setOwner(old.owner());
            }
        } catch (IOException notAllowed) {
            // only root may give a file away, and only root has reason to
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unable) {
            // some file systems cannot; the file is whole either way
        }
    }

    private record ChannelFile(FileChannel channel) implements NewFile {
        @Override
        public void write(byte[] content) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
