package io.peerup.node.proxy;

import io.peerup.swarm.OneLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A proxy cannot listen. The message is one line: where, why, and what to do. */
public final class ListenProblem extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int FIRST_FREE_PORT = 1024;

    private ListenProblem(String line, @Nullable Throwable cause) {
        super(line, cause);
    }

    static ListenProblem unknownHost(InetSocketAddress on) {
        return new ListenProblem("cannot listen on " + HostPort.text(on) + ": there is no host of that name", null);
    }

    /** What the kernel said, whichever transport reports it. */
    static ListenProblem of(InetSocketAddress on, @Nullable Throwable cause) {
        return new ListenProblem("cannot listen on " + HostPort.text(on) + ": " + why(on, OneLine.of(cause)), cause);
    }

    private static String why(InetSocketAddress on, String message) {
        if (message.contains("already in use")) {
            return "another program listens there; choose another port, or 0 for any that is free";
        }
        if (message.contains("ermission denied") && on.getPort() < FIRST_FREE_PORT) {
            return "ports below " + FIRST_FREE_PORT + " are for the administrator; choose a higher one";
        }
        if (message.contains("annot assign requested address")) {
            return "this machine has no such address";
        }
        return message;
    }
}
