package io.peerup.node.cli;

import io.peerup.host.config.NodeConfig;
import io.peerup.host.config.NodeConfigFile;
import io.peerup.host.file.FileProblem;
import io.peerup.relay.program.Surroundings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}, for every command that reads the configuration. */
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; default: the first of ./peerup.yaml, ~/.config/peerup/config.yaml and"
                    + " /etc/peerup/config.yaml.")
    private @Nullable String config;

    NodeConfigFile file(Surroundings surroundings) throws FileProblem {
        return NodeConfigFile.locate(Optional.ofNullable(config), surroundings.directories());
    }

    NodeConfig load(Surroundings surroundings) throws FileProblem {
        return file(surroundings).load();
    }
}
