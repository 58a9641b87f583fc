package io.peerup.relay.cli;

import io.peerup.host.authorization.AuthorizedKeysFile;
import io.peerup.host.config.RelayConfigFile;
import io.peerup.host.config.RelayServerConfig;
import io.peerup.host.file.FileProblem;
import io.peerup.relay.program.CommandFailed;
import io.peerup.relay.program.Surroundings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}, for every command of the relay. */
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; default: relay-server.yaml in the current directory.")
    private @Nullable String config;

    RelayConfigFile file(Surroundings surroundings) throws FileProblem {
        return RelayConfigFile.locate(Optional.ofNullable(config), surroundings.directories());
    }

    RelayServerConfig load(Surroundings surroundings) throws FileProblem {
        return file(surroundings).load();
    }

    /** The list that decides who may connect, also while it is not in force. */
    AuthorizedKeysFile authorizedKeys(Surroundings surroundings) throws FileProblem, CommandFailed {
        RelayServerConfig loaded = load(surroundings);
        Optional<Path> path = loaded.security().authorizedKeysFile();
        if (path.isEmpty()) {
            throw new CommandFailed(loaded.file() + ": no security.authorized_keys_file; add one, such as"
                    + " authorized_keys_file: \"relay_authorized_keys\"");
        }
        return AuthorizedKeysFile.at(path.get());
    }
}
