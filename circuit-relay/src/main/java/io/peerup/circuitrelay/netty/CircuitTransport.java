package io.peerup.circuitrelay.netty;

import io.peerup.circuitrelay.CircuitAddress;
import io.peerup.swarm.Role;
import io.peerup.swarm.Swarm;
import io.peerup.swarm.Transport;
import io.peerup.swarm.UpgradedConnection;
import io.peerup.swarm.Upgrader;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Connections through relays: dials {@code <relay>/p2p-circuit}, and accepts circuits while it listens on {@code
 * /p2p-circuit}. Circuits come in only from relays that hold a reservation for us, which is another's business.
 */
public final class CircuitTransport implements Transport {
    private final Swarm swarm;
    private final Upgrader upgrader;
    private final StopProtocol stop;

    private CircuitTransport(Swarm swarm, Upgrader upgrader) {
        this.swarm = swarm;
        this.upgrader = upgrader;
        this.stop = new StopProtocol(swarm.self(), upgrader);
    }

    /** Lets a swarm dial through relays, and accept circuits once it listens on {@link CircuitAddress#ANY}. */
    public static CircuitTransport addTo(Swarm swarm, Upgrader upgrader) {
        CircuitTransport transport = new CircuitTransport(swarm, upgrader);
        swarm.addTransport(transport);
        return transport;
    }

    @Override
    public boolean dials(Multiaddr address) {
        return CircuitAddress.of(address).isPresent();
    }

    @Override
    public boolean listens(Multiaddr address) {
        return address.equals(CircuitAddress.ANY);
    }

    @Override
    public <T> Attempt<T> dial(Multiaddr address, PeerId peer, Role role, Function<UpgradedConnection, T> adopt) {
        CircuitDial<T> dial = new CircuitDial<>(swarm, upgrader, peer, role, adopt);
        dial.start(CircuitAddress.of(address).orElseThrow());
        return dial;
    }

    @Override
    public CompletionStage<Listener> listen(Multiaddr address, Consumer<UpgradedConnection> accepted) {
        stop.acceptTo(accepted);
        swarm.handle(stop);
        return CompletableFuture.completedStage(new Listener() {
            @Override
            public Multiaddr address() {
                return CircuitAddress.ANY;
            }

            @Override
            public CompletionStage<Void> close() {
                swarm.unhandle(StopProtocol.ID);
                stop.acceptTo(null);
                return CompletableFuture.completedStage(null);
            }
        });
    }
}
