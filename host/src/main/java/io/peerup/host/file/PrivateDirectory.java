package io.peerup.host.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories that only their owner may enter. */
public final class PrivateDirectory {
    private PrivateDirectory() {}

    /** Creates what is missing of the path, each directory with mode 0700; those that exist stay as they are. */
    public static void create(Path directory) throws FileProblem {
        try {
            Files.createDirectories(directory, FileMode.OWNER_ONLY_DIRECTORY.attributes(directory));
        } catch (IOException failed) {
            throw FileProblem.cannotCreateDirectory(directory, failed);
        }
    }
}
