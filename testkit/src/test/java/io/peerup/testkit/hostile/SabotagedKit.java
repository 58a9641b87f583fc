package io.peerup.testkit.hostile;

import io.peerup.wire.Multihash;

/** Breaks a rule. */
public final class SabotagedKit {
    Multihash borrowed(Multihash hash) {
        return hash;
    }
}
