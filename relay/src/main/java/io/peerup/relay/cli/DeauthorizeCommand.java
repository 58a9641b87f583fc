package io.peerup.relay.cli;

import io.peerup.host.authorization.AuthorizedKeysFile;
import io.peerup.relay.program.CommandFailed;
import io.peerup.relay.program.PeerIdParameter;
import io.peerup.relay.program.Surroundings;
import io.peerup.wire.PeerId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code deauthorize}: lets a peer in no more. */
@Command(
        name = "deauthorize",
        mixinStandardHelpOptions = true,
        description = "Takes a peer off the list; a relay that runs closes its connections within a second.")
final class DeauthorizeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(index = "0", paramLabel = "PEER-ID", description = "The peer.")
    private String peerId = "";

    DeauthorizeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        PeerId peer = PeerIdParameter.parse(peerId, "the machine prints its own with: peerup whoami");
        AuthorizedKeysFile file = config.authorizedKeys(surroundings);
        if (!file.remove(peer)) {
            throw new CommandFailed("peer not found: " + peer.shortId() + " is not in " + file.path());
        }
        surroundings.out().println("Deauthorized: " + peer);
        surroundings.out().println("File:         " + file.path());
        return 0;
    }
}
