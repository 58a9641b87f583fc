package io.peerup.circuitrelay;

import io.peerup.swarm.ConnectionLimit;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.UnixSeconds;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a client and a relay say to each other. */
public sealed interface HopMessage {
    /** Asks for a reservation. */
    record Reserve() implements HopMessage {}

    /** Asks for a circuit to a peer. */
    record Connect(Peer peer) implements HopMessage {}

    /**
     * The relay's answer.
     *
     * @param reservation there when a reservation was granted
     * @param limit what a circuit may carry; empty when the relay limits nothing
     */
    record Status(StatusCode status, Optional<Slot> reservation, Optional<ConnectionLimit> limit)
            implements HopMessage {
        /** A refusal. */
        public static Status of(StatusCode status) {
            return new Status(status, Optional.empty(), Optional.empty());
        }
    }

    /**
     * A reservation as the relay describes it; nothing about it has been checked. In the spec its name is Reservation.
     *
     * @param expire when it ends
     * @param addrs where the relay can be reached
     * @param voucher a signed envelope, empty when there is none
     */
    record Slot(UnixSeconds expire, List<Multiaddr> addrs, byte[] voucher) {
        /** Copies what can change. */
        public Slot {
            addrs = List.copyOf(addrs);
            voucher = voucher.clone();
        }

        @Override
        public byte[] voucher() {
            return voucher.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Slot that
                    && expire.equals(that.expire)
                    && addrs.equals(that.addrs)
                    && Arrays.equals(voucher, that.voucher);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * expire.hashCode() + addrs.hashCode()) + Arrays.hashCode(voucher);
        }
    }
}
