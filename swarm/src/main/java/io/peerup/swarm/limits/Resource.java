package io.peerup.swarm.limits;

/** What is counted. */
public enum Resource {
    /** Connections that came in. */
    INBOUND_CONNECTIONS(0, "inbound connections"),
    /** Connections that we dialed. */
    OUTBOUND_CONNECTIONS(1, "outbound connections"),
    /** Streams that peers opened. */
    INBOUND_STREAMS(2, "inbound streams"),
    /** Streams that we opened. */
    OUTBOUND_STREAMS(3, "outbound streams"),
    /** Bytes that are held for a peer, or that it was told it may send. */
    MEMORY_BYTES(4, "bytes of memory"),
    /** Sockets. */
    FILE_DESCRIPTORS(5, "file descriptors"),
    /** Connections that came in lately, open or not; never held, only refused to places on the network. */
    NEW_CONNECTIONS(-1, "new connections");

    /** Where its amount lies in an array; negative for what is not held. */
    final int slot;

    private final String words;

    Resource(int slot, String words) {
        this.slot = slot;
        this.words = words;
    }

    /** For a person. */
    public String words() {
        return words;
    }
}
