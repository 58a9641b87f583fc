package io.peerup.circuitrelay.service;

import io.peerup.circuitrelay.Admission;
import io.peerup.circuitrelay.CircuitRequest;
import io.peerup.circuitrelay.HopMessage;
import io.peerup.circuitrelay.HopRequests;
import io.peerup.circuitrelay.RelayAccess;
import io.peerup.circuitrelay.RelayAddresses;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.ReservationBook;
import io.peerup.circuitrelay.ReservationRequest;
import io.peerup.circuitrelay.StatusCode;
import io.peerup.circuitrelay.netty.HopProtocol;
import io.peerup.circuitrelay.netty.RelayConnection;
import io.peerup.swarm.Connection;
import io.peerup.swarm.SelfAddresses;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.SwarmEvent;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.RelayVoucher;
import io.peerup.wire.UnixSeconds;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay of a node: peers reserve a place, others reach them through it. Whoever may connect to the node may ask,
 * within limits and unless {@link RelayAccess} says no.
 */
public final class Relay implements HopRequests, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** Why a peer's connections are not trimmed while it holds a reservation; there are as many as the limits allow. */
    private static final String RESERVATION = "relay-reservation";

    /** Peers with circuits are worth as much as to go-libp2p. */
    private static final String CIRCUIT = "relay-circuit";

    private static final int CIRCUIT_VALUE = 2;

    private final Swarm swarm;
    private final Identity identity;
    private final RelayLimits limits;
    private final RelayAccess access;
    private final InstantSource calendar;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReservationBook book;
    private Runnable stopHearing = () -> {};

    private Relay(Swarm swarm, Identity identity, RelayLimits limits, RelayAccess access, InstantSource calendar) {
        this.swarm = swarm;
        this.identity = identity;
        this.limits = limits;
        this.access = access;
        this.calendar = calendar;
        this.book = new ReservationBook(limits);
    }

    /**
     * Begins to serve.
     *
     * @param identity the node's, which signs vouchers
     * @param calendar for the times that peers are told; what is enforced is measured by the swarm's clock
     */
    public static Relay start(
            Swarm swarm, Identity identity, RelayLimits limits, RelayAccess access, InstantSource calendar) {
        Relay relay = new Relay(swarm, identity, limits, access, calendar);
        relay.stopHearing = swarm.subscribe(relay::hear);
        swarm.handle(new HopProtocol(relay, limits));
        return relay;
    }

    /** Serves no new request and protects nobody; circuits that are open stay. */
    @Override
    public void close() {
        swarm.unhandle(HopProtocol.ID);
        stopHearing.run();
        reservations().forEach(peer -> swarm.protections().endProtection(peer, RESERVATION));
    }

    /** Who holds a reservation. */
    public List<PeerId> reservations() {
        return guarded(() -> book.reservations(nowNanos()));
    }

    /** How many circuits are open or about to be. */
    public int circuits() {
        return guarded(book::circuits);
    }

    @Override
    public void reserve(ReservationRequest request) {
        Connection from = request.from();
        PeerId peer = from.remotePeer();
        if (!access.allowsReserve(peer, from.remote())) {
            LOG.debug("no reservation for {} from {}: not allowed", peer, from.remote());
            request.refuse(StatusCode.PERMISSION_DENIED);
            return;
        }
        switch (guarded(() -> take(peer, from.remote()))) {
            case Admission.Admitted() -> {
                LOG.debug("reservation for {} from {}", peer, from.remote());
                request.grant(slot(from), limits.circuit());
            }
            case Admission.Refused(StatusCode status, String why) -> {
                LOG.debug("no reservation for {} from {}: {}", peer, from.remote(), why);
                request.refuse(status);
            }
        }
    }

    @Override
    public void connect(CircuitRequest request) {
        Connection from = request.from();
        PeerId source = from.remotePeer();
        PeerId destination = request.destination();
        if (!access.allowsConnect(source, from.remote(), destination)) {
            LOG.debug("no circuit from {} to {}: not allowed", source, destination);
            request.refuse(StatusCode.PERMISSION_DENIED);
            return;
        }
        switch (guarded(() -> join(source, destination))) {
            case Admission.Admitted() -> open(request, source, destination);
            case Admission.Refused(StatusCode status, String why) -> {
                LOG.debug("no circuit from {} to {}: {}", source, destination, why);
                request.refuse(status);
            }
        }
    }

    private Admission take(PeerId peer, Multiaddr from) {
        long now = nowNanos();
        Admission admission = book.reserve(peer, from, now);
        if (admission instanceof Admission.Admitted) {
            swarm.protections()
                    .protectUntil(
                            peer, RESERVATION, now + limits.reservationTtl().toNanos());
        }
        return admission;
    }

    private Admission join(PeerId source, PeerId destination) {
        Admission admission = book.connect(source, destination, nowNanos());
        if (admission instanceof Admission.Admitted) {
            swarm.tags().tag(source, CIRCUIT, CIRCUIT_VALUE);
            swarm.tags().tag(destination, CIRCUIT, CIRCUIT_VALUE);
        }
        return admission;
    }

    private void open(CircuitRequest request, PeerId source, PeerId destination) {
        Optional<Connection> to = RelayConnection.existing(swarm, destination);
        if (to.isEmpty()) {
            circuitEnded(source, destination);
            request.refuse(StatusCode.CONNECTION_FAILED);
            return;
        }
        LOG.debug("circuit from {} to {}", source, destination);
        request.connect(to.get(), limits.circuit(), () -> circuitEnded(source, destination));
    }

    private void circuitEnded(PeerId source, PeerId destination) {
        guarded(() -> {
            book.circuitEnded(source, destination);
            for (PeerId end : List.of(source, destination)) {
                if (book.circuits(end) == 0) {
                    swarm.tags().untag(end, CIRCUIT);
                }
            }
            return book;
        });
    }

    /** A reservation lasts as long as the peer stays connected directly. */
    private void hear(SwarmEvent event) {
        if (event instanceof SwarmEvent.ConnectionClosed closed) {
            PeerId peer = closed.connection().remotePeer();
            if (RelayConnection.existing(swarm, peer).isEmpty()) {
                guarded(() -> {
                    book.disconnected(peer);
                    swarm.protections().endProtection(peer, RESERVATION);
                    return book;
                });
            }
        }
    }

    private HopMessage.Slot slot(Connection from) {
        PeerId self = swarm.self();
        UnixSeconds expire = UnixSeconds.of(calendar.instant().plus(limits.reservationTtl()));
        return new HopMessage.Slot(
                expire,
                RelayAddresses.of(
                        self,
                        swarm.selfAddresses().advertised().stream()
                                .map(SelfAddresses.Advertised::address)
                                .toList(),
                        from.local()),
                new RelayVoucher(self, from.remotePeer(), expire).seal(identity).bytes());
    }

    private long nowNanos() {
        return swarm.strands().nanoTime();
    }

    private <T> T guarded(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
