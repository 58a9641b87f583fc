package io.peerup.host.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may connect.
 *
 * @param authorizedKeysFile the peers that may, an absolute path
 * @param connectionGating whether the others are refused; then there is a file. Absent means no, as in the original
 */
public record Security(Optional<Path> authorizedKeysFile, boolean connectionGating) {
    /** Rejects a gate without a file. */
    public Security {
        if (connectionGating && authorizedKeysFile.isEmpty()) {
            throw new IllegalArgumentException("a gate needs a file of authorized keys");
        }
        if (authorizedKeysFile.isPresent() && !authorizedKeysFile.get().isAbsolute()) {
            throw new IllegalArgumentException("not absolute: " + authorizedKeysFile.get());
        }
    }

    /** The file of the peers that alone may connect; empty when everybody may. */
    public Optional<Path> gate() {
        return connectionGating ? authorizedKeysFile : Optional.empty();
    }
}
