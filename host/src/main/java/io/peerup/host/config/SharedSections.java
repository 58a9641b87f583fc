package io.peerup.host.config;

import io.peerup.host.file.FileProblem;
import io.peerup.wire.Multiaddr;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts that the configurations of nodes and relays have in common. */
final class SharedSections {
    static final int VERSION = 1;
    static final int MAX_ADDRESSES = 64;

    private final Path directory;
    private final ConfigDirectories directories;
    private final YamlSection root;

    /** Looks at the version first: what a newer one means is not known here. */
    SharedSections(Path file, ConfigDirectories directories, YamlSection root) throws FileProblem {
        this.directory = file.resolveSibling(".");
        this.directories = directories;
        this.root = root;
        requireKnownVersion();
    }

    Path identityKeyFile(String example) throws FileProblem {
        YamlSection identity = root.section("identity");
        identity.requireOnly("key_file");
        return identity.required("key_file", "key_file: " + example).as(this::path);
    }

    List<Multiaddr> listenAddresses(YamlSection network) throws FileProblem {
        YamlValue value = network.required("listen_addresses", "listen_addresses: [\"/ip4/0.0.0.0/tcp/0\"]");
        return atLeastOne(value, addresses(value, WrittenAddress::address));
    }

    List<Multiaddr> addresses(YamlValue value, YamlValue.Parser<Multiaddr> parser) throws FileProblem {
        List<Multiaddr> addresses = new ArrayList<>();
        for (YamlValue address : value.list(MAX_ADDRESSES)) {
            addresses.add(address.as(parser));
        }
        return addresses;
    }

    static List<Multiaddr> atLeastOne(YamlValue value, List<Multiaddr> addresses) throws FileProblem {
        if (addresses.isEmpty()) {
            throw value.problem("is empty; name at least one address");
        }
        return addresses;
    }

    Security security(String example) throws FileProblem {
        YamlSection security = root.section("security");
        security.requireOnly("authorized_keys_file", "enable_connection_gating");
        boolean gating = flag(security, "enable_connection_gating", false);
        if (gating) {
            security.required("authorized_keys_file", "authorized_keys_file: " + example);
        }
        Optional<YamlValue> keys = security.value("authorized_keys_file");
        return new Security(
                keys.isEmpty() ? Optional.empty() : Optional.of(keys.get().as(this::path)), gating);
    }

    Telemetry telemetry() throws FileProblem {
        YamlSection telemetry = root.section("telemetry");
        telemetry.requireOnly("metrics", "audit");
        YamlSection audit = telemetry.section("audit");
        audit.requireOnly("enabled");
        HttpEndpoint metrics =
                endpoint(telemetry.section("metrics"), Telemetry.off().metrics());
        return new Telemetry(metrics, flag(audit, "enabled", false));
    }

    static HttpEndpoint endpoint(YamlSection section, HttpEndpoint byDefault) throws FileProblem {
        section.requireOnly("enabled", "listen_address");
        Optional<YamlValue> address = section.value("listen_address");
        return new HttpEndpoint(
                flag(section, "enabled", byDefault.enabled()),
                address.isEmpty() ? byDefault.listenAddress() : address.get().as(hostAndPort("0.0.0.0")));
    }

    /** Go lets people write {@code :8080}; {@code host} is what that means. */
    static YamlValue.Parser<HostAndPort> hostAndPort(String host) {
        return text -> HostAndPort.parse(text.startsWith(":") ? host + text : text);
    }

    static boolean flag(YamlSection section, String key, boolean byDefault) throws FileProblem {
        Optional<YamlValue> value = section.value(key);
        return value.isEmpty() ? byDefault : value.get().bool();
    }

    static Duration duration(YamlSection section, String key, Duration byDefault, Duration least, Duration most)
            throws FileProblem {
        Optional<YamlValue> value = section.value(key);
        if (value.isEmpty()) {
            return byDefault;
        }
        Duration duration = value.get().as(GoDuration::parse);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw value.get()
                    .problem("must be from " + GoDuration.format(least) + " to " + GoDuration.format(most) + ", not "
                            + GoDuration.format(duration));
        }
        return duration;
    }

    private Path path(String written) throws InvalidValue {
        return directories.resolve(directory, written);
    }

    private void requireKnownVersion() throws FileProblem {
        Optional<YamlValue> version = root.value("version");
        int number = version.isEmpty() ? VERSION : version.get().number(0, Integer.MAX_VALUE);
        if (number > VERSION) {
            throw version.orElseThrow()
                    .problem("config version too new: version " + number + " is newer than supported version " + VERSION
                            + "; please upgrade peerup");
        }
    }
}
