package io.peerup.testkit.process;

/** A go-libp2p that the go-peer is built with. */
public enum GoVersion {
    /** What the Go peer-up ships. */
    V0_47("v0.47.0", "go.mod"),
    /** The newest. */
    V0_51("v0.51.0", "go-v0.51.mod");

    private final String release;
    private final String modFile;

    GoVersion(String release, String modFile) {
        this.release = release;
        this.modFile = modFile;
    }

    public String release() {
        return release;
    }

    /** Which module file pins it. */
    public String modFile() {
        return modFile;
    }
}
