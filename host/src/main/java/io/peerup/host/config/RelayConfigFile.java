package io.peerup.host.config;

import io.peerup.host.file.Disk;
import io.peerup.host.file.FileProblem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A relay's configuration file.
 *
 * @param path where it is, absolute
 * @param directories what paths in it mean
 */
public record RelayConfigFile(Path path, ConfigDirectories directories, Disk disk) {
    /** The longest file. */
    public static final int MAX_BYTES = ConfigText.MAX_BYTES;

    /** Its name in the working directory. */
    public static final String NAME = "relay-server.yaml";

    /** Makes the path absolute. */
    public RelayConfigFile {
        path = directories.working().resolve(path).normalize();
    }

    /** A file of that name on this machine's disk. */
    public static RelayConfigFile at(Path path, ConfigDirectories directories) {
        return new RelayConfigFile(path, directories, Disk.local());
    }

    /** What was named on the command line, else {@code relay-server.yaml} in the working directory; it may be absent. */
    public static RelayConfigFile locate(Optional<String> explicit, ConfigDirectories directories) throws FileProblem {
        try {
            return at(directories.resolve(explicit.orElse(NAME)), directories);
        } catch (InvalidValue invalid) {
            throw new FileProblem("--config: " + invalid.getMessage(), invalid);
        }
    }

    /** Reads it. */
    public RelayServerConfig load() throws FileProblem {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileProblem(
                    "config file not found: " + path + "; go to the directory of the relay or name the file"
                            + " with --config; the first 'relay-server serve' writes one");
        }
        return RelayConfigReader.read(
                path, directories, ConfigText.load(disk, path).text());
    }

    /** What {@link #create} writes. */
    public RelayServerConfig template() throws FileProblem {
        return RelayConfigReader.read(path, directories, RelayTemplate.TEXT);
    }

    /**
     * Creates it with mode 0600, and its directory with 0700.
     *
     * @throws FileProblem also when something of that name exists; it is left alone
     */
    public void create() throws FileProblem {
        ConfigText.create(disk, path, RelayTemplate.TEXT);
    }
}
