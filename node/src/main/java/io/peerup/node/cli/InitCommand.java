package io.peerup.node.cli;

import io.peerup.host.authorization.AuthorizedKeysFile;
import io.peerup.host.config.InvalidValue;
import io.peerup.host.config.NodeConfig;
import io.peerup.host.config.NodeConfigFile;
import io.peerup.host.config.NodeTemplate;
import io.peerup.host.file.AtomicFile;
import io.peerup.host.file.Disk;
import io.peerup.host.file.PrivateDirectory;
import io.peerup.host.identity.IdentityFile;
import io.peerup.relay.program.CommandFailed;
import io.peerup.relay.program.Surroundings;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code init}: makes this machine a node. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = "Sets this machine up: identity, configuration, an empty list of authorized peers.")
final class InitCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where; default: ~/.config/peerup.")
    private @Nullable String directory;

    @Option(
            names = "--relay",
            paramLabel = "ADDRESS",
            description = "The relay, as IP:PORT or multiaddr; asked for when it is not given.")
    private @Nullable String relay;

    @Option(names = "--relay-id", paramLabel = "PEER-ID", description = "The relay's peer ID, if ADDRESS lacks it.")
    private @Nullable String relayId;

    InitCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        PrintStream out = surroundings.out();
        NodeConfigFile file = NodeConfigFile.at(directory().resolve(NodeConfigFile.NAME), surroundings.directories());
        if (Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandFailed("config already exists: " + file.path() + "; to begin anew, move it away first");
        }
        out.println("This sets up a peerup node in " + file.path().getParent());
        Multiaddr address = relayAddress(new Questions(surroundings));
        out.println("Relay: " + address);
        NodeTemplate template = new NodeTemplate("peerup init", List.of(address));
        NodeConfig config = file.of(template);
        PrivateDirectory.create(DaemonOrNode.directory(config));
        PeerId self = IdentityFile.at(config.identityKeyFile()).loadOrCreate().peerId();
        Path keys = config.security().authorizedKeysFile().orElseThrow();
        AtomicFile.create(Disk.local(), keys, AuthorizedKeysFile.TEMPLATE.getBytes(StandardCharsets.UTF_8));
        // last, because whoever finds it need not init again
        file.create(template);
        out.println();
        out.println("Your Peer ID: " + self);
        out.println();
        out.println("Config:           " + file.path());
        out.println("Key file:         " + config.identityKeyFile());
        out.println("Authorized peers: " + keys);
        out.println();
        out.println("Next:");
        out.println("  1. on the relay:       relay-server authorize " + self + " <name>");
        out.println("  2. for each peer here: peerup auth add <its peer ID>");
        out.println("  3. here:               peerup service add ssh 127.0.0.1:22   (what you offer)");
        out.println("                         peerup daemon");
        return 0;
    }

    private Path directory() throws CommandFailed, InvalidValue {
        if (directory != null) {
            return surroundings.directories().resolve(directory);
        }
        return surroundings
                .directories()
                .ofUser()
                .orElseThrow(() -> new CommandFailed("HOME is not set; say where with: peerup init --dir DIR"));
    }

    private Multiaddr relayAddress(Questions questions) throws IOException, CommandFailed {
        Multiaddr address = RelayAddressText.parse(
                relay != null ? relay : questions.ask("Address of the relay (IP:PORT, or as the relay prints it):"));
        if (address.peerId().isPresent()) {
            return address;
        }
        return address.withPeerId(RelayAddressText.peerId(
                relayId != null ? relayId : questions.ask("Peer ID of the relay (it prints it when it starts):")));
    }
}
