package io.peerup.relay.cli;

import io.peerup.host.authorization.AuthorizedKeysFile;
import io.peerup.host.authorization.AuthorizedKeysReport;
import io.peerup.host.authorization.AuthorizedPeer;
import io.peerup.relay.program.Surroundings;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code list-peers}: who may use the relay. */
@Command(name = "list-peers", mixinStandardHelpOptions = true, description = "Lists the peers that may use this relay.")
final class ListPeersCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    ListPeersCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        AuthorizedKeysFile file = config.authorizedKeys(surroundings);
        AuthorizedKeysReport report = file.report();
        PrintStream out = surroundings.out();
        out.println("Authorized peers (" + file.path() + "):");
        out.println();
        report.peers().stream().map(ListPeersCommand::line).forEach(out::println);
        if (report.peers().isEmpty()) {
            out.println("  (none)");
        }
        report.badLines().forEach(bad -> out.println("  line " + bad.number() + " is not a peer ID: " + bad.reason()));
        out.println();
        out.println("Total: " + report.peers().size() + " peer(s)");
        return 0;
    }

    private static String line(AuthorizedPeer peer) {
        return "  " + peer.id() + (peer.comment().isEmpty() ? "" : "  # " + peer.comment());
    }
}
