package io.peerup.node.proxy.netty;

import java.io.IOException;

/** The local socket of a session ended before its time, as opposed to the stream or what carries it. */
public final class LocalSocketBroken extends IOException {
    private static final long serialVersionUID = 1L;

    /** The message is one phrase for a person. */
    LocalSocketBroken(String what) {
        super(what);
    }
}
