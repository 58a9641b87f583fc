package io.peerup.node.api;

/** Is told what happens at an attached proxy, from any thread, and does not block. */
public interface ProxyListener {
    /** The proxy listens. Comes once and first. */
    void opened(OpenedProxy proxy);

    /** Something happened. */
    void event(ProxyEvent event);
}
