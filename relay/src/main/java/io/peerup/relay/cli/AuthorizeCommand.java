package io.peerup.relay.cli;

import io.peerup.host.authorization.AuthorizedKeysFile;
import io.peerup.relay.program.CommandFailed;
import io.peerup.relay.program.PeerIdParameter;
import io.peerup.relay.program.Surroundings;
import io.peerup.wire.PeerId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code authorize}: lets one more peer in. */
@Command(
        name = "authorize",
        mixinStandardHelpOptions = true,
        description = "Lets a peer use this relay; a relay that runs knows within a second.")
final class AuthorizeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(index = "0", paramLabel = "PEER-ID", description = "The peer, as 'peerup whoami' prints it there.")
    private String peerId = "";

    @Parameters(index = "1..*", paramLabel = "COMMENT", description = "What to remember it by.")
    private List<String> comment = List.of();

    AuthorizeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        PeerId peer = PeerIdParameter.parse(peerId, "the machine prints its own with: peerup whoami");
        AuthorizedKeysFile file = config.authorizedKeys(surroundings);
        String words = String.join(" ", comment);
        if (!file.add(peer, words)) {
            throw new CommandFailed("peer already authorized: " + peer.shortId());
        }
        surroundings.out().println("Authorized: " + peer);
        if (!words.isEmpty()) {
            surroundings.out().println("Comment:    " + words);
        }
        surroundings.out().println("File:       " + file.path());
        return 0;
    }
}
