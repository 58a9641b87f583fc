package io.peerup.node.cli;

import io.peerup.host.config.NodeConfig;
import io.peerup.node.api.ConnectRequest;
import io.peerup.node.api.OpenedProxy;
import io.peerup.node.api.ProxyEvent;
import io.peerup.node.api.ProxyListener;
import io.peerup.relay.program.CommandFailed;
import io.peerup.relay.program.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code proxy}: a peer's service on a port of this machine, until the command is stopped. */
@Command(
        name = "proxy",
        mixinStandardHelpOptions = true,
        description = "Makes a peer's service reachable on a local port, until it is stopped with Ctrl+C.",
        footer = {"", "Example: peerup proxy home ssh 2222, and then: ssh -p 2222 user@localhost"})
final class ProxyCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(index = "0", paramLabel = "PEER", description = "A peer ID, or a name from the configuration.")
    private String peer = "";

    @Parameters(index = "1", paramLabel = "SERVICE", description = "What the peer calls it, such as ssh.")
    private String service = "";

    @Parameters(
            index = "2",
            paramLabel = "PORT",
            description = "The local port, 0 for any that is free; or HOST:PORT to listen elsewhere than on localhost.")
    private String port = "";

    ProxyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
        String listen = port.indexOf(':') >= 0 ? port : "127.0.0.1:" + port;
        NodeConfig loaded = config.load(surroundings);
        DaemonOrNode.ask(loaded, api -> api.attach(new ConnectRequest(peer, service, listen), new Teller()));
        throw new CommandFailed("the proxy was closed: the daemon stopped, or somebody disconnected it");
    }

    /** Tells the first session, so that one sees it works, and whatever goes wrong. */
    private final class Teller implements ProxyListener {
        private boolean told;

        @Override
        public void opened(OpenedProxy proxy) {
            surroundings.out().println("TCP proxy listening on " + proxy.listenAddress());
            surroundings.out().println("Press Ctrl+C to stop.");
            surroundings.out().flush();
        }

        @Override
        public synchronized void event(ProxyEvent event) {
            boolean well = event.event().equals("opened") || event.event().equals("ended");
            if (!well || !told) {
                surroundings.err().println(event.line());
                surroundings.err().flush();
            }
            told = true;
        }
    }
}
