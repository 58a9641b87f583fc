package io.peerup.interop;

import java.util.List;

/** A go-libp2p that the go-peer is built with. */
enum GoVersion {
    /** What the Go peer-up ships. */
    V0_47("v0.47.0", List.of()),
    /** The newest. */
    V0_51("v0.51.0", List.of("-modfile=go-v0.51.mod"));

    private final String release;
    private final List<String> buildFlags;

    GoVersion(String release, List<String> buildFlags) {
        this.release = release;
        this.buildFlags = buildFlags;
    }

    String release() {
        return release;
    }

    List<String> buildFlags() {
        return buildFlags;
    }
}
