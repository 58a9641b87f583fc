package io.peerup.node.proxy;

import io.peerup.node.proxy.netty.Traffic;
import io.peerup.swarm.CloseReason;
import java.time.Duration;

/**
 * What happens at a proxy or a service, for people and counters. Told on the thread where it happened, often an event
 * loop: listeners return at once.
 */
public sealed interface SessionEvent {
    /** The name of the service. */
    String service();

    /** What happened, in one line for a person. */
    String line();

    /** Bytes begin to move. */
    record Opened(Session session) implements SessionEvent {
        @Override
        public String service() {
            return session.service();
        }

        @Override
        public String line() {
            return SessionLines.opened(session);
        }
    }

    /**
     * A client came to no session and was reset.
     *
     * @param line why, and what to do about it
     */
    record Failed(String service, String line) implements SessionEvent {}

    /**
     * A session is over.
     *
     * @param lasted since it was opened
     */
    record Ended(Session session, Traffic traffic, Duration lasted, CloseReason reason) implements SessionEvent {
        /** Whether both ends said all they had to say. */
        public boolean isOrderly() {
            return reason instanceof CloseReason.Finished;
        }

        @Override
        public String service() {
            return session.service();
        }

        @Override
        public String line() {
            return SessionLines.ended(session, traffic, reason);
        }
    }
}
