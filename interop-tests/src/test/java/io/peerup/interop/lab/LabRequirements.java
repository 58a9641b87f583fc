package io.peerup.interop.lab;

import io.peerup.testkit.process.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the laboratory needs of the machine. */
public final class LabRequirements {
    private static final Map<String, String> DEBIAN_PACKAGES = new TreeMap<>(Map.of(
            "ip", "iproute2",
            "nft", "nftables",
            "ssh", "openssh-client",
            "ssh-keygen", "openssh-client",
            "sshd", "openssh-server",
            "mount", "mount",
            "nsenter", "util-linux",
            "unshare", "util-linux"));

    private LabRequirements() {}

    /**
     * The most direct way to make a laboratory here; where there is none the test is left out, or fails on a build
     * machine.
     */
    static Privilege lab() {
        return privileges().getFirst();
    }

    /** All ways to make one. */
    static List<Privilege> privileges() {
        String missing = DEBIAN_PACKAGES.entrySet().stream()
                .filter(tool -> Tools.find(tool.getKey()).isEmpty())
                .map(tool -> tool.getKey() + " (Debian package " + tool.getValue() + ")")
                .collect(Collectors.joining(", "));
        Requirements.require(missing.isEmpty(), missing + ", for the tests in the NAT laboratory");
        List<Privilege> usable = Usable.PRIVILEGES;
        Requirements.require(
                !usable.isEmpty(),
                "root or a working \"unshare -Urn\", and nft masquerade, for the tests in the NAT laboratory");
        return usable;
    }

    /** Tried once per JVM. */
    private static final class Usable {
        static final List<Privilege> PRIVILEGES =
                Arrays.stream(Privilege.values()).filter(Usable::works).toList();

        private static boolean works(Privilege privilege) {
            try {
                Path directory = Files.createDirectories(Path.of("target", "lab", "probe-" + privilege))
                        .toAbsolutePath();
                try (Enclosure enclosure = Enclosure.open(privilege, directory)) {
                    Namespace namespace = enclosure.namespace("probe");
                    Nft.apply(namespace, """
                            add table ip probe
                            add chain ip probe translate { type nat hook postrouting priority 100 ; }
                            add rule ip probe translate masquerade fully-random
                            """);
                    List<String> server = new ArrayList<>(privilege.serverPrefix());
                    server.add("true");
                    namespace.feed(server, "");
                    return true;
                }
            } catch (IOException | AssertionError refused) {
                return false;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
