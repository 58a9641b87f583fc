package io.peerup.relay.cli;

import io.peerup.host.authorization.AuthorizedKeysFile;
import io.peerup.host.config.ByteSize;
import io.peerup.host.config.GoDuration;
import io.peerup.host.config.RelayConfigFile;
import io.peerup.host.config.RelayResources;
import io.peerup.host.config.RelayServerConfig;
import io.peerup.host.file.AtomicFile;
import io.peerup.host.file.Disk;
import io.peerup.host.file.FileProblem;
import io.peerup.host.file.PrivateDirectory;
import io.peerup.relay.program.Foreground;
import io.peerup.relay.program.Logs;
import io.peerup.relay.program.Surroundings;
import io.peerup.relay.program.Version;
import io.peerup.relay.server.RunningRelay;
import io.peerup.wire.Multiaddr;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code serve}: a relay in the foreground. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the relay until it is stopped. The first time it writes its configuration and key.")
final class ServeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        Logs.ofAServer();
        PrintStream out = surroundings.out();
        out.println("=== Private libp2p Relay Server (" + Version.number() + ") ===");
        RelayConfigFile file = config.file(surroundings);
        if (!Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            begin(file, out);
        }
        RelayServerConfig loaded = file.load();
        out.println("Loaded configuration from " + loaded.file());
        RunningRelay relay = RunningRelay.start(loaded);
        Foreground foreground = new Foreground(relay, out, "Relay stopped.");
        foreground.closeOnSignal();
        tell(loaded, relay, out);
        foreground.stay();
        return 0;
    }

    private static void begin(RelayConfigFile file, PrintStream out) throws FileProblem {
        RelayServerConfig template = file.template();
        PrivateDirectory.create(Objects.requireNonNull(file.path().getParent(), "a file is in a directory"));
        Optional<Path> keys = template.security().gate();
        if (keys.isPresent()
                && AtomicFile.create(
                        Disk.local(), keys.get(), AuthorizedKeysFile.TEMPLATE.getBytes(StandardCharsets.UTF_8))) {
            out.println("Wrote " + keys.get());
        }
        // last, because whoever finds it has begun already
        file.create();
        out.println("Wrote " + file.path());
    }

    private static void tell(RelayServerConfig config, RunningRelay relay, PrintStream out) {
        out.println("Authentication: " + config.security().connectionGating());
        config.security()
                .gate()
                .ifPresentOrElse(
                        keys -> out.println(
                                "Loaded " + relay.authorizedPeers().orElse(0) + " authorized peer(s) from " + keys),
                        () -> out.println(
                                "WARNING: anybody may use this relay; set security.enable_connection_gating: true"));
        if (relay.authorizedPeers().orElse(1) == 0) {
            out.println("WARNING: nobody is authorized yet; for each machine: relay-server authorize <peer-id> <name>");
        }
        RelayResources resources = config.resources();
        out.println("Relay limits: max_reservations=" + resources.maxReservations() + ", max_circuits="
                + resources.maxCircuits() + ", session=" + GoDuration.format(resources.sessionDuration()) + ", data="
                + ByteSize.format(resources.sessionDataLimitBytes()) + "/direction");
        if (config.health().enabled() || config.telemetry().metrics().enabled()) {
            out.println("WARNING: health and telemetry.metrics are configured, but not served by this version");
        }
        relay.leftOut().forEach(address -> out.println("Not listening on " + address + ": not supported here"));
        out.println("Relay Peer ID: " + relay.peerId());
        out.println("Multiaddrs:");
        relay.addresses().stream().map(Multiaddr::toString).forEach(address -> out.println("  " + address));
        out.println("Private relay running.");
        out.println("Press Ctrl+C to stop.");
        out.flush();
    }
}
