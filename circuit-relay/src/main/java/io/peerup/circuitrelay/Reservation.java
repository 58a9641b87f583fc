package io.peerup.circuitrelay;

import io.peerup.swarm.ConnectionLimit;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.RelayVoucher;
import io.peerup.wire.UnixSeconds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A reservation that we hold, after what the relay said about it was checked.
 *
 * @param relay who holds it for us
 * @param expires when it ends by the calendar
 * @param lifetime from when it was granted until it ends, at most {@link #MAX_LIFETIME}
 * @param relayAddresses where peers find the relay, without its peer ID; may be empty
 * @param voucher the relay's signed word, if it gave one
 * @param limit what each circuit may carry, empty for no limit
 */
public record Reservation(
        PeerId relay,
        UnixSeconds expires,
        Duration lifetime,
        List<Multiaddr> relayAddresses,
        Optional<RelayVoucher> voucher,
        Optional<ConnectionLimit> limit) {
    /** However far away its end is, a reservation is believed in for a day and then asked for again. */
    public static final Duration MAX_LIFETIME = Duration.ofDays(1);

    /** Addresses of one relay that are believed and passed on. */
    static final int MAX_RELAY_ADDRESSES = 16;

    /** Copies the list. */
    public Reservation {
        relayAddresses = List.copyOf(relayAddresses);
    }

    /**
     * Believes a relay, or does not.
     *
     * @param answer what the relay said, with status OK
     * @param self whom the reservation must be for
     * @throws ProtocolViolation with the {@link CircuitRule} that the answer breaks
     */
    public static Reservation believe(HopMessage.Status answer, PeerId relay, PeerId self, UnixSeconds now)
            throws ProtocolViolation {
        HopMessage.Slot slot = answer.reservation()
                .orElseThrow(() -> new ProtocolViolation(
                        CircuitRule.RESERVATION_MISSING, "granted, but the relay does not say what"));
        if (slot.expire().compareTo(now) <= 0) {
            throw new ProtocolViolation(
                    CircuitRule.RESERVATION_EXPIRED,
                    "it ended " + (now.value() - slot.expire().value()) + " s ago; do the clocks agree?");
        }
        long seconds = Math.min(slot.expire().value() - now.value(), MAX_LIFETIME.toSeconds());
        return new Reservation(
                relay,
                new UnixSeconds(now.value() + seconds),
                Duration.ofSeconds(seconds),
                usable(slot.addrs(), relay),
                voucher(slot.voucher(), relay, self),
                answer.limit());
    }

    /**
     * The addresses at which peers reach us through this relay.
     *
     * @param reachedAt where we ourselves reach it, which is all there is when the relay names no address
     */
    public List<Multiaddr> circuits(Multiaddr reachedAt) {
        List<Multiaddr> where = relayAddresses.isEmpty() ? List.of(reachedAt) : relayAddresses;
        return where.stream()
                .map(address -> CircuitAddress.through(address, relay))
                .distinct()
                .toList();
    }

    private static List<Multiaddr> usable(List<Multiaddr> addresses, PeerId relay) {
        return addresses.stream()
                .filter(address -> address.peerId().map(relay::equals).orElse(true))
                .map(Multiaddr::withoutPeerId)
                .filter(address -> !address.isRelayed() && !address.components().isEmpty())
                .distinct()
                .limit(MAX_RELAY_ADDRESSES)
                .toList();
    }

    private static Optional<RelayVoucher> voucher(byte[] envelope, PeerId relay, PeerId self) throws ProtocolViolation {
        if (envelope.length == 0) {
            return Optional.empty();
        }
        RelayVoucher voucher;
        try {
            voucher = RelayVoucher.open(envelope);
        } catch (ProtocolViolation violation) {
            throw new ProtocolViolation(CircuitRule.VOUCHER_INVALID, String.valueOf(violation.getMessage()));
        }
        if (!voucher.relay().equals(relay) || !voucher.peer().equals(self)) {
            throw new ProtocolViolation(
                    CircuitRule.VOUCHER_FOREIGN, "of " + voucher.relay() + " for " + voucher.peer());
        }
        return Optional.of(voucher);
    }
}
