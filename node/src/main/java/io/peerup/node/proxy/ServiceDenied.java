package io.peerup.node.proxy;

/** A peer's service is not to be had, now or in a minute. The message is one line for a person. */
public final class ServiceDenied extends Exception {
    private static final long serialVersionUID = 1L;

    /** A denial; {@code message} names the peer and says what to do. */
    public ServiceDenied(String message) {
        super(message, null, false, false);
    }
}
