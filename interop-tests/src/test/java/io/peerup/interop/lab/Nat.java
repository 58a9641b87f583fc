package io.peerup.interop.lab;

/** How a router translates; either way only what was asked for comes in. */
public enum Nat {
    /** One outside port per inside port, whoever the peer is: most homes. */
    PORT_RESTRICTED("masquerade"),
    /** A new outside port per peer, which no peer can foresee. */
    SYMMETRIC("masquerade fully-random");

    private final String statement;

    Nat(String statement) {
        this.statement = statement;
    }

    String statement() {
        return statement;
    }
}
