package io.peerup.identify;

import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What we say about ourselves, made anew for each listener. Safe to use from any thread.
 */
public final class OwnClaims {
    private final Identity identity;
    private final String agent;
    private final Supplier<Set<ProtocolId>> protocols;
    private final Supplier<List<Multiaddr>> addresses;
    private final LongSupplier unixNanos;
    private final AtomicLong lastSequence = new AtomicLong();

    /**
     * From the parts that change.
     *
     * @param agent such as {@code peerup/0.1.0}
     * @param addresses what we advertise
     * @param unixNanos the calendar, for the sequence numbers of signed records
     */
    public OwnClaims(
            Identity identity,
            String agent,
            Supplier<Set<ProtocolId>> protocols,
            Supplier<List<Multiaddr>> addresses,
            LongSupplier unixNanos) {
        this.identity = identity;
        this.agent = agent;
        this.protocols = protocols;
        this.addresses = addresses;
        this.unixNanos = unixNanos;
    }

    /** What we say to somebody at the other end {@code remote}. */
    public IdentifyMessage to(Multiaddr remote) {
        List<Multiaddr> speakable = AddressSelection.speakable(addresses.get(), remote);
        PeerRecord record = new PeerRecord(identity.peerId(), nextSequence(), speakable);
        return new IdentifyMessage(
                identity.publicKey().toProtobuf(),
                speakable,
                List.copyOf(protocols.get()),
                Optional.of(remote),
                "",
                agent,
                Optional.of(record.seal(identity).bytes()));
    }

    /** Never the same and never less than before, even if the calendar is set back. */
    private long nextSequence() {
        long now = unixNanos.getAsLong();
        return lastSequence.updateAndGet(last -> Math.max(last + 1, now));
    }
}
