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

    /** Serves no new request; circuits that are open stay. */
    @Override
    public void close() {
        swarm.unhandle(HopProtocol.ID);
        stopHearing.run();
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
        switch (guarded(() -> book.reserve(peer, from.remote(), nowNanos()))) {
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
        switch (guarded(() -> book.connect(source, destination, nowNanos()))) {
            case Admission.Admitted() -> open(request, source, destination);
            case Admission.Refused(StatusCode status, String why) -> {
                LOG.debug("no circuit from {} to {}: {}", source, destination, why);
                request.refuse(status);
            }
        }
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
