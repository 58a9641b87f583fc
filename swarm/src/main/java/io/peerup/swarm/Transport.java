package io.peerup.swarm;

import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes upgraded connections over one kind of address. Methods may be called from any thread. */
public interface Transport {
    /** Whether this transport dials such an address. */
    boolean dials(Multiaddr address);

    /** Whether this transport listens on such an address. */
    boolean listens(Multiaddr address);

    /**
     * Dials and upgrades. Fails with one clear line.
     *
     * @param address what {@link #dials} said yes to, with or without the trailing {@code /p2p}
     * @param peer who must be there
     * @param role which role to play in the upgrade, {@link Role#INITIATOR} unless agreed otherwise
     * @param adopt called on the connection's event loop, before a stream of the peer can arrive
     */
    <T> Attempt<T> dial(Multiaddr address, PeerId peer, Role role, Function<UpgradedConnection, T> adopt);

    /**
     * Listens; every connection that was upgraded goes to {@code accepted} on its event loop.
     *
     * @param address what {@link #listens} said yes to; port 0 takes any
     */
    CompletionStage<Listener> listen(Multiaddr address, Consumer<UpgradedConnection> accepted);

    /** One dial under way. */
    interface Attempt<T> {
        /** Completes with what adopted the connection, or exceptionally with the reason in one line. */
        CompletionStage<T> connection();

        /** Gives up: closes the socket, also when the connection completes at the same moment and nobody took it. */
        void cancel();
    }

    /** A bound address. */
    interface Listener {
        /** What is really bound, with the port filled in. */
        Multiaddr address();

        /** Stops accepting; connections that exist stay. */
        CompletionStage<Void> close();
    }
}
