package io.peerup.interop.soak;

import io.peerup.circuitrelay.CircuitAddress;
import io.peerup.circuitrelay.ReservationState;
import io.peerup.circuitrelay.StaticRelay;
import io.peerup.interop.JavaPeer;
import io.peerup.interop.soak.Guests.Guest;
import io.peerup.swarm.Connection;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Circuits through the relay, with the reservations that they need. */
final class Circuits {
    private static final long PATIENCE_SECONDS = 60;

    private Circuits() {}

    static void betweenGuests(Town town) throws Exception {
        try (Guest destination = town.guests().come();
                Guest source = town.guests().come()) {
            CompletableFuture<ReservationState> reserved = new CompletableFuture<>();
            destination.peer().host().keepReservations(StaticRelay.of(List.of(town.relayAddress())), (relay, state) -> {
                if (state instanceof ReservationState.Reserved) {
                    reserved.complete(state);
                }
            });
            reserved.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            JavaPeer.ping(circuit(source, destination.peer().id(), town));
            source.peer().echo(destination.peer().id(), Payload.SMALL_BYTES);
        }
    }

    static void toHome(Town town) throws Exception {
        try (Guest guest = town.guests().come()) {
            PeerId home = town.atHome().peerId();
            JavaPeer.ping(circuit(guest, home, town));
            Payload.throughHalfClosed(guest.peer().open(home, Town.WEB));
        }
    }

    private static Connection circuit(Guest source, PeerId destination, Town town) throws Exception {
        Multiaddr relay = town.relayAddress();
        Connection connection = source.peer()
                .connect(
                        destination,
                        CircuitAddress.through(
                                relay.withoutPeerId(), relay.peerId().orElseThrow()));
        if (!connection.isRelayed()) {
            throw new AssertionError("not relayed: " + connection.remote());
        }
        return connection;
    }
}
