package io.peerup.benchmarks;

import java.nio.file.Path;

/**
 * Where it is measured.
 *
 * @param root the root of this repository
 * @param logs an existing directory for what the processes say
 * @param quick whether less work per turn will do
 */
public record Setting(Path root, Path logs, boolean quick) {
    /** This much work, or a third of it when it should be quick. */
    public int amount(int full) {
        return quick ? full / 3 : full;
    }
}
