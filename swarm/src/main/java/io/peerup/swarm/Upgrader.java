package io.peerup.swarm;

import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns a byte pipe into a secured, multiplexed connection: security is agreed on, the handshake proves who is there,
 * the gate looks, and the muxer takes over. The same for a TCP connection and for a circuit through a relay.
 *
 * <p>Works on the channel's event loop. Spec: libp2p/specs connections/README.md
 * (snapshot 7740c07).
 */
public final class Upgrader {
    /** Incoming upgrades under way at once: strangers until they are done. Beyond it newcomers are closed at once. */
    static final int MAX_INBOUND_UNDER_WAY = 256;

    private final List<SecureChannel> securities;
    private final List<Muxer> muxers;
    private final ConnectionGater gater;
    private final Duration patience;
    private final AtomicInteger inboundUnderWay = new AtomicInteger();

    /**
     * An upgrader for every connection of a host.
     *
     * @param securities in order of preference, at least one
     * @param muxers in order of preference, at least one
     * @param patience for the whole upgrade, after which the channel is closed
     */
    public Upgrader(List<SecureChannel> securities, List<Muxer> muxers, ConnectionGater gater, Duration patience) {
        if (securities.isEmpty() || muxers.isEmpty()) {
            throw new IllegalArgumentException("an upgrade needs a security protocol and a muxer");
        }
        this.securities = List.copyOf(securities);
        this.muxers = List.copyOf(muxers);
        this.gater = gater;
        this.patience = patience;
    }

    /** The gate that this upgrader asks; a transport asks it before it spends an upgrade on an accepted socket. */
    public ConnectionGater gater() {
        return gater;
    }

    /**
     * Upgrades. Called on the channel's event loop and completes there, before any stream of the peer can arrive; fails with
     * {@link UpgradeFailed}, and then the channel is closed.
     *
     * @param expected who must be there; empty accepts whoever the gate lets in
     */
    public CompletionStage<UpgradedConnection> upgrade(RawConnection raw, Role role, Optional<PeerId> expected) {
        CompletableFuture<UpgradedConnection> result = new CompletableFuture<>();
        if (raw.direction() == Direction.INBOUND && !admit(result)) {
            raw.channel().close();
            return CompletableFuture.failedStage(
                    new UpgradeFailed(UpgradeFailed.Stage.ACCEPT, MAX_INBOUND_UNDER_WAY + " upgrades are under way"));
        }
        Upgrade upgrade = new Upgrade(raw, role, expected, securities, muxers, gater, patience, result);
        upgrade.begin();
        return result;
    }

    private boolean admit(CompletableFuture<UpgradedConnection> result) {
        if (inboundUnderWay.incrementAndGet() > MAX_INBOUND_UNDER_WAY) {
            inboundUnderWay.decrementAndGet();
            return false;
        }
        result.whenComplete((upgraded, failure) -> inboundUnderWay.decrementAndGet());
        return true;
    }
}
