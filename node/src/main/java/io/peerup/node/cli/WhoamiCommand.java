package io.peerup.node.cli;

import io.peerup.host.config.NodeConfig;
import io.peerup.host.identity.IdentityFile;
import io.peerup.relay.program.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code whoami}: the peer ID, and nothing else. */
@Command(name = "whoami", mixinStandardHelpOptions = true, description = "Prints this machine's peer ID.")
final class WhoamiCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    WhoamiCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        NodeConfig loaded = config.load(surroundings);
        surroundings
                .out()
                .println(
                        IdentityFile.at(loaded.identityKeyFile()).loadOrCreate().peerId());
        return 0;
    }
}
