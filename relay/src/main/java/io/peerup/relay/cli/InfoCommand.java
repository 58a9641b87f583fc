package io.peerup.relay.cli;

import io.peerup.host.authorization.AuthorizedKeysFile;
import io.peerup.host.config.RelayServerConfig;
import io.peerup.host.file.FileProblem;
import io.peerup.host.identity.IdentityFile;
import io.peerup.relay.program.CommandFailed;
import io.peerup.relay.program.Surroundings;
import io.peerup.relay.server.AnnouncedAddresses;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code info}: what to tell those who shall use the relay. */
@Command(name = "info", mixinStandardHelpOptions = true, description = "Prints the relay's peer ID and addresses.")
final class InfoCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    InfoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        RelayServerConfig loaded = config.load(surroundings);
        Optional<Identity> identity = IdentityFile.at(loaded.identityKeyFile()).loadIfPresent();
        if (identity.isEmpty()) {
            throw new CommandFailed(
                    "no key yet at " + loaded.identityKeyFile() + "; it is made by the first: relay-server serve");
        }
        PrintStream out = surroundings.out();
        out.println("Peer ID: " + identity.get().peerId());
        out.println("Connection gating: " + (loaded.security().connectionGating() ? "enabled" : "DISABLED"));
        out.println("Authorized peers: " + authorizedPeers(loaded));
        out.println();
        List<Multiaddr> addresses =
                AnnouncedAddresses.of(loaded.listenAddresses(), identity.get().peerId());
        out.println("Multiaddrs:");
        addresses.forEach(address -> out.println("  " + address));
        out.println();
        out.println("Quick setup:");
        addresses.stream()
                .flatMap(address -> address.tcpAddress().stream())
                .findFirst()
                .ifPresent(tcp -> out.println("  peerup init  →  enter: " + hostAndPort(tcp)));
        out.println("  Peer ID: " + identity.get().peerId());
        return 0;
    }

    private static int authorizedPeers(RelayServerConfig config) throws FileProblem {
        return config.security().authorizedKeysFile().isEmpty()
                ? 0
                : AuthorizedKeysFile.at(config.security().authorizedKeysFile().get())
                        .report()
                        .peers()
                        .size();
    }

    private static String hostAndPort(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
