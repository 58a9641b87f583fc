package io.peerup.host.config;

import io.peerup.host.file.Disk;
import io.peerup.host.file.EditLock;
import io.peerup.host.file.FileProblem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A node's configuration file. Changes keep every comment, the order and the formatting; they replace the file as a
 * whole, and only by one that was read and means what it should. Two programs that change it take turns.
 *
 * @param path where it is, absolute
 * @param directories what paths in it mean
 */
public record NodeConfigFile(Path path, ConfigDirectories directories, Disk disk) {
    /** The longest file. */
    public static final int MAX_BYTES = ConfigText.MAX_BYTES;

    /** Its name in a working directory. */
    public static final String LOCAL_NAME = "peerup.yaml";

    /** Its name in a directory of configuration. */
    public static final String NAME = "config.yaml";

    /** Makes the path absolute. */
    public NodeConfigFile {
        path = directories.working().resolve(path).normalize();
    }

    /** A file of that name on this machine's disk. */
    public static NodeConfigFile at(Path path, ConfigDirectories directories) {
        return new NodeConfigFile(path, directories, Disk.local());
    }

    /**
     * The file to use: what was named on the command line; else the first that exists of {@code peerup.yaml} in the
     * working directory, {@code ~/.config/peerup/config.yaml} and {@code /etc/peerup/config.yaml}.
     *
     * @throws FileProblem when there is none
     */
    public static NodeConfigFile locate(Optional<String> explicit, ConfigDirectories directories) throws FileProblem {
        if (explicit.isPresent()) {
            return at(named(explicit.get(), directories), directories);
        }
        List<Path> candidates = new ArrayList<>();
        candidates.add(directories.working().resolve(LOCAL_NAME));
        directories.ofUser().ifPresent(directory -> candidates.add(directory.resolve(NAME)));
        candidates.add(directories.system().resolve(NAME));
        for (Path candidate : candidates) {
            if (Files.exists(candidate, LinkOption.NOFOLLOW_LINKS)) {
                return at(candidate, directories);
            }
        }
        String searched = candidates.stream().map(Path::toString).collect(Collectors.joining(", "));
        throw new FileProblem("config file not found, searched: " + searched + "; create one with: peerup init");
    }

    /** Reads it. */
    public NodeConfig load() throws FileProblem {
        return read(ConfigText.load(disk, path).text());
    }

    /** What {@link #create} would write. */
    public NodeConfig of(NodeTemplate template) throws FileProblem {
        return read(template.text());
    }

    /**
     * Creates it with mode 0600, and its directory with 0700.
     *
     * @throws FileProblem also when something of that name exists; it is left alone
     */
    public void create(NodeTemplate template) throws FileProblem {
        String text = template.text();
        read(text);
        ConfigText.create(disk, path, text);
    }

    /**
     * Adds a service.
     *
     * @return false when there is one of that name already; it stays as it is
     */
    public boolean addService(ServiceName name, ServiceEntry entry) throws FileProblem {
        return edit((config, text) -> {
            if (config.services().containsKey(name)) {
                return Optional.empty();
            }
            Map<ServiceName, ServiceEntry> after = new LinkedHashMap<>(config.services());
            after.put(name, entry);
            return Optional.of(new Edited(after, text.with(name, after)));
        });
    }

    /** Removes a service; a problem when there is none of that name. */
    public void removeService(ServiceName name) throws FileProblem {
        edit((config, text) -> {
            requireService(config, name);
            Map<ServiceName, ServiceEntry> after = new LinkedHashMap<>(config.services());
            after.remove(name);
            return Optional.of(new Edited(after, text.without(name, after)));
        });
    }

    /**
     * Offers a service, or stops offering it; a problem when there is none of that name.
     *
     * @return false when it is so already
     */
    public boolean setServiceEnabled(ServiceName name, boolean enabled) throws FileProblem {
        return edit((config, text) -> {
            ServiceEntry entry = requireService(config, name);
            if (entry.enabled() == enabled) {
                return Optional.empty();
            }
            Map<ServiceName, ServiceEntry> after = new LinkedHashMap<>(config.services());
            after.put(name, entry.withEnabled(enabled));
            return Optional.of(new Edited(after, text.withEnabled(name, enabled)));
        });
    }

    private interface Edit {
        /** The change, or empty when there is nothing to do. */
        Optional<Edited> of(NodeConfig config, ServicesText text) throws FileProblem;
    }

    private record Edited(Map<ServiceName, ServiceEntry> services, String text) {}

    private boolean edit(Edit edit) throws FileProblem {
        requirePresent();
        return EditLock.holding(path, () -> {
            ConfigText old = ConfigText.load(disk, path);
            NodeConfig config = read(old.text());
            Optional<Edited> edited = edit.of(config, ServicesText.of(path, old.text()));
            if (edited.isEmpty()) {
                return false;
            }
            requireMeaning(
                    config.withServices(edited.get().services()), edited.get().text());
            old.replace(disk, path, edited.get().text());
            return true;
        });
    }

    /** The last word on every edit: the new text is read, and must say exactly what was asked for. */
    private void requireMeaning(NodeConfig expected, String text) throws FileProblem {
        try {
            if (read(text).equals(expected)) {
                return;
            }
        } catch (FileProblem broken) {
            throw cannotEdit(broken);
        }
        throw cannotEdit(null);
    }

    private FileProblem cannotEdit(@Nullable FileProblem cause) {
        return new FileProblem(
                path + ": its services are written in a way that only a person can change; nothing was changed, edit"
                        + " the file by hand",
                cause);
    }

    private NodeConfig read(String text) throws FileProblem {
        return NodeConfigReader.read(path, directories, text);
    }

    private void requirePresent() throws FileProblem {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileProblem("config file not found: " + path + "; create it with: peerup init");
        }
    }

    private ServiceEntry requireService(NodeConfig config, ServiceName name) throws FileProblem {
        ServiceEntry entry = config.services().get(name);
        if (entry == null) {
            String known = config.services().isEmpty()
                    ? "it has no services"
                    : "it has: "
                            + config.services().keySet().stream()
                                    .map(ServiceName::value)
                                    .collect(Collectors.joining(", "));
            throw new FileProblem("service not found: " + name + " in " + path + "; " + known);
        }
        return entry;
    }

    private static Path named(String explicit, ConfigDirectories directories) throws FileProblem {
        try {
            Path path = directories.resolve(explicit);
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileProblem("config file not found: " + path + "; check the name behind --config");
            }
            return path;
        } catch (InvalidValue invalid) {
            throw new FileProblem("--config: " + invalid.getMessage(), invalid);
        }
    }
}
