package io.peerup.swarm.limits;

/** What a scope counts together. */
public enum ScopeKind {
    /** Everything. */
    SYSTEM("the node"),
    /** Connections whose peer and streams whose protocol is not known yet; go-libp2p calls this scope transient. */
    UNDER_WAY("connections and streams under way"),
    /** One IPv4 address. */
    IPV4_ADDRESS("an address"),
    /** One IPv6 /56, about what one customer of a provider has. */
    IPV6_SUBNET_56("a subnet"),
    /** One IPv6 /48, about what one site has. */
    IPV6_SUBNET_48("a subnet"),
    /** All connections and streams of one peer. */
    PEER("a peer"),
    /** The streams of one peer whose protocol is not known yet. */
    UNDER_WAY_OF_PEER("streams of a peer under way"),
    /** All streams of one protocol. */
    PROTOCOL("a protocol"),
    /** One connection and its streams. */
    CONNECTION("a connection"),
    /** The streams of one protocol that the peer of one connection opened. */
    PROTOCOL_OF_CONNECTION("a protocol on a connection"),
    /** One stream. */
    STREAM("a stream");

    private final String words;

    ScopeKind(String words) {
        this.words = words;
    }

    /** For a person. */
    public String words() {
        return words;
    }
}
