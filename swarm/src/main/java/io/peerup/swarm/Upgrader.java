package io.peerup.swarm;

import io.peerup.swarm.limits.Admission;
import io.peerup.swarm.limits.ConnectionScope;
import io.peerup.swarm.limits.ResourceScopes;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Turns a byte pipe into a secured, multiplexed connection: security is agreed on, the handshake proves who is there,
 * the gate looks, and the muxer takes over. The same for a TCP connection and for a circuit through a relay.
 *
 * <p>Works on the channel's event loop. Spec: libp2p/specs connections/README.md
 * (snapshot 7740c07).
 */
public final class Upgrader {
    private final List<SecureChannel> securities;
    private final List<Muxer> muxers;
    private final ConnectionGater gater;
    private final ResourceScopes resources;
    private final Duration patience;

    /**
     * An upgrader for every connection of a host.
     *
     * @param securities in order of preference, at least one
     * @param muxers in order of preference, at least one
     * @param resources where every connection is counted before anything is spent on it, the swarm's
     * @param patience for the whole upgrade, after which the channel is closed
     */
    public Upgrader(
            List<SecureChannel> securities,
            List<Muxer> muxers,
            ConnectionGater gater,
            ResourceScopes resources,
            Duration patience) {
        if (securities.isEmpty() || muxers.isEmpty()) {
            throw new IllegalArgumentException("an upgrade needs a security protocol and a muxer");
        }
        this.securities = List.copyOf(securities);
        this.muxers = List.copyOf(muxers);
        this.gater = gater;
        this.resources = resources;
        this.patience = patience;
    }

    /** The gate that this upgrader asks; a transport asks it before it spends an upgrade on an accepted socket. */
    public ConnectionGater gater() {
        return gater;
    }

    /** Where connections and other sockets of a transport are counted. */
    public ResourceScopes resources() {
        return resources;
    }

    /**
     * Upgrades. Called on the channel's event loop and completes there, before any stream of the peer can arrive; fails with
     * {@link UpgradeFailed}, and then the channel is closed. At once, when there is no room for another connection.
     *
     * @param expected who must be there; empty accepts whoever the gate lets in
     */
    public CompletionStage<UpgradedConnection> upgrade(RawConnection raw, Role role, Optional<PeerId> expected) {
        return switch (resources.openConnection(raw.direction(), raw.remote())) {
            case Admission.Granted<ConnectionScope>(ConnectionScope scope) -> upgrade(raw, role, expected, scope);
            case Admission.Refused<ConnectionScope> refused -> {
                raw.channel().close();
                yield CompletableFuture.failedStage(new UpgradeFailed(
                        UpgradeFailed.Stage.ACCEPT, refused.why().line()));
            }
        };
    }

    /**
     * The same for a connection that was counted before.
     *
     * @param scope closed when the upgrade fails or, after that, with the connection
     */
    public CompletionStage<UpgradedConnection> upgrade(
            RawConnection raw, Role role, Optional<PeerId> expected, ConnectionScope scope) {
        CompletableFuture<UpgradedConnection> result = new CompletableFuture<>();
        result.whenComplete((upgraded, failure) -> {
            if (failure != null) {
                scope.close();
            }
        });
        new Upgrade(raw, role, expected, securities, muxers, gater, patience, scope, result).begin();
        return result;
    }
}
