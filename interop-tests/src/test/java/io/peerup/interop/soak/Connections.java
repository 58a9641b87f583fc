package io.peerup.interop.soak;

import io.peerup.interop.BadLine;
import io.peerup.interop.BadLine.Fault;
import io.peerup.interop.JavaPeer;
import io.peerup.interop.StreamIo;
import io.peerup.interop.soak.Guests.Guest;
import io.peerup.swarm.Connection;
import io.peerup.wire.Multiaddr;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;

/** Connections that come and go. */
final class Connections {
    /** Bytes that a dialer says until the muxer is agreed on; about 300. */
    private static final int HANDSHAKE_BYTES = 250;

    private static final int AT_WORK_BYTES = 20_000;

    private Connections() {}

    static void visitTheRelay(Town town) throws Exception {
        visit(town.relayAddress(), town);
    }

    static void visitHome(Town town) throws Exception {
        visit(town.homeAddress(), town);
    }

    /** The dialer is heard until some byte of its handshake. */
    static void breakOff(Multiaddr target, Fault fault, Town town) throws Exception {
        int place = ThreadLocalRandom.current().nextInt(HANDSHAKE_BYTES);
        try (BadLine line = BadLine.to(target, fault, place);
                Guest guest = town.guests().come()) {
            JavaPeer.ping(connect(guest, line.address()));
            throw new AssertionError("answered, though only " + place + " bytes came through");
        } catch (IOException | ExecutionException brokenOff) {
            // As it must be.
        }
    }

    /** A TCP connection that carries streams is reset. */
    static void resetAtWork(Town town) throws Exception {
        try (BadLine line = BadLine.to(town.homeAddress(), Fault.RESETS, AT_WORK_BYTES);
                Guest guest = town.guests().come()) {
            Connection connection = connect(guest, line.address());
            StreamIo io = guest.peer().open(connection.remotePeer(), Town.WEB);
            while (line.faults() == 0) {
                Payload.through(io);
            }
        } catch (IOException | ExecutionException reset) {
            // In the middle of whatever was going on.
        }
    }

    static Connection connect(Guest guest, Multiaddr address) throws Exception {
        return guest.peer().connect(address.peerId().orElseThrow(), address.withoutPeerId());
    }

    private static void visit(Multiaddr address, Town town) throws Exception {
        try (Guest guest = town.guests().come()) {
            JavaPeer.ping(connect(guest, address));
        }
    }
}
