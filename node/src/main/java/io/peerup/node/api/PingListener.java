package io.peerup.node.api;

/** Is told the results of a ping. */
@FunctionalInterface
public interface PingListener {
    /** One more. May block, which delays the next. */
    void result(PingResult result) throws InterruptedException;
}
