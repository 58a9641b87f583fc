package io.peerup.interop.lab;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the machine still holds of a laboratory, asked of {@code /proc} and not of the laboratory. */
record Leftovers(String directory, Set<String> namespaces) {
    private static final List<String> KINDS = List.of("net", "pid", "mnt");

    /** Notes the namespaces that exist only because of this laboratory. */
    static Leftovers of(NatLab lab) throws IOException {
        Set<String> namespaces = namespaces(proc(lab.enclosure().pid()));
        namespaces.removeAll(namespaces(Path.of("/proc/self")));
        return new Leftovers(lab.logs().toString(), namespaces);
    }

    /** Processes in its namespaces, or started with its directory among their arguments. */
    List<String> processes() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> namespaces(process).stream().anyMatch(namespaces::contains)
                            || arguments(process).contains(directory))
                    .map(Path::toString)
                    .toList();
        }
    }

    /** Its network namespaces would be mounts. */
    List<String> mounts() throws IOException {
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return mounts.filter(mount -> mount.contains("/netns/") || mount.contains(directory))
                    .toList();
        }
    }

    /** Interfaces of the machine. */
    static List<String> interfaces() throws IOException {
        return NetworkInterface.networkInterfaces()
                .map(NetworkInterface::getName)
                .toList();
    }

    private static Path proc(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }

    private static Set<String> namespaces(Path process) {
        Set<String> found = new HashSet<>();
        for (String kind : KINDS) {
            try {
                found.add(Files.readSymbolicLink(process.resolve("ns").resolve(kind))
                        .toString());
            } catch (IOException endedOrAnothers) {
                // Not one of ours.
            }
        }
        return found;
    }

    private static String arguments(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"));
        } catch (IOException ended) {
            return "";
        }
    }
}
