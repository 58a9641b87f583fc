package io.peerup.identify.service;

import io.peerup.identify.Audience;
import io.peerup.identify.IdentifyMessage;
import io.peerup.identify.Introduction;
import io.peerup.identify.RecordSequence;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Multiaddr;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What we answer, kept ready: facts are gathered once a change, and signed once an audience, however often somebody
 * asks. Safe to use from any thread.
 */
final class Answers {
    private final Introduction introduction;
    private final Supplier<Set<ProtocolId>> protocols;
    private final Supplier<List<Multiaddr>> addresses;
    private final LongSupplier unixNanos;
    private final AtomicBoolean outdated = new AtomicBoolean(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final RecordSequence sequence = new RecordSequence();
    private final Map<Audience, IdentifyMessage> ready = new EnumMap<>(Audience.class);
    private Facts facts = new Facts(Set.of(), List.of());
    private long version;

    private record Facts(Set<ProtocolId> protocols, List<Multiaddr> addresses) {}

    /**
     * An answer, and which state of ours it tells.
     *
     * @param version grows with every change, from 1
     */
    record Answer(long version, IdentifyMessage message) {}

    /**
     * From facts that change.
     *
     * @param unixNanos the calendar, for the sequence numbers of signed records
     */
    Answers(
            Introduction introduction,
            Supplier<Set<ProtocolId>> protocols,
            Supplier<List<Multiaddr>> addresses,
            LongSupplier unixNanos) {
        this.introduction = introduction;
        this.protocols = protocols;
        this.addresses = addresses;
        this.unixNanos = unixNanos;
    }

    /** The facts may have changed. */
    void outdated() {
        outdated.set(true);
    }

    /** Which state is current. */
    long version() {
        lock.lock();
        try {
            refresh();
            return version;
        } finally {
            lock.unlock();
        }
    }

    /** What to say to somebody at the far end of a connection. */
    Answer to(Multiaddr farEnd) {
        lock.lock();
        try {
            refresh();
            IdentifyMessage message = ready.computeIfAbsent(Audience.at(farEnd), this::introduce);
            return new Answer(version, message.toSomebodyAt(farEnd));
        } finally {
            lock.unlock();
        }
    }

    private IdentifyMessage introduce(Audience audience) {
        return introduction.to(audience, facts.protocols, facts.addresses, sequence.next(unixNanos.getAsLong()));
    }

    /** Facts that change while they are gathered are gathered again by the next who asks. */
    private void refresh() {
        if (!outdated.getAndSet(false)) {
            return;
        }
        Facts now = new Facts(Set.copyOf(protocols.get()), List.copyOf(addresses.get()));
        if (version == 0 || !now.equals(facts)) {
            facts = now;
            version++;
            ready.clear();
        }
    }
}
