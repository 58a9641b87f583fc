package io.peerup.node.daemon;

import io.peerup.circuitrelay.ReservationState;
import io.peerup.wire.PeerId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log where the node stands with its relays: what is new, not every renewal and every vain attempt. */
final class ReservationLog {
    private static final Logger LOG = LoggerFactory.getLogger(ReservationLog.class);

    private final PeerId self;
    private final Map<PeerId, String> lastTold = new ConcurrentHashMap<>();

    ReservationLog(PeerId self) {
        this.self = self;
    }

    /** A relay's state has changed. Any thread. */
    void changed(PeerId relay, ReservationState state) {
        String kind = kind(state);
        if (!kind.equals(lastTold.put(relay, kind))) {
            String line = RelayLines.line(state, self);
            switch (state) {
                case ReservationState.Connecting connecting -> LOG.info("relay {}: {}", relay.shortId(), line);
                case ReservationState.Reserved reserved -> LOG.info("relay {}: {}", relay.shortId(), line);
                case ReservationState.Refused refused -> LOG.warn("relay {}: {}", relay.shortId(), line);
                case ReservationState.Retrying retrying -> LOG.warn("relay {}: {}", relay.shortId(), line);
            }
        }
    }

    private static String kind(ReservationState state) {
        return switch (state) {
            case ReservationState.Connecting connecting -> "connecting";
            case ReservationState.Reserved reserved -> "reserved";
            case ReservationState.Refused refused -> "refused " + refused.status();
            case ReservationState.Retrying retrying -> "retrying";
        };
    }
}
