package io.peerup.node.cli;

import io.peerup.host.config.NodeConfig;
import io.peerup.node.api.ApiProblem;
import io.peerup.node.api.DaemonApi;
import io.peerup.node.api.client.DaemonClient;
import io.peerup.node.daemon.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Who does what a command asks: the daemon of the same configuration, because two processes with one identity would take
 * each other's reservation; without a daemon a node of our own that only dials.
 */
final class DaemonOrNode {
    private DaemonOrNode() {}

    /** What a command asks. */
    @FunctionalInterface
    interface Question {
        void ask(DaemonApi api) throws ApiProblem, InterruptedException;
    }

    static void ask(NodeConfig config, Question question) throws ApiProblem, IOException, InterruptedException {
        Optional<DaemonClient> daemon = daemon(config);
        if (daemon.isPresent()) {
            question.ask(daemon.get());
            return;
        }
        Node node = Node.standalone(config);
        try {
            question.ask(node);
        } finally {
            node.close();
        }
    }

    /** The daemon of this configuration, if it runs. */
    static Optional<DaemonClient> daemon(NodeConfig config) throws ApiProblem {
        return DaemonClient.connect(directory(config));
    }

    /** Where a daemon of this configuration has its socket. */
    static Path directory(NodeConfig config) {
        return Objects.requireNonNull(config.file().getParent(), "a file is in a directory");
    }
}
