package io.peerup.interop.soak;

import io.peerup.interop.StreamIo;
import io.peerup.interop.soak.Guests.Guest;
import io.peerup.wire.PeerId;

/** Streams of one connection, each of which home joins to a TCP connection of its own. */
final class StreamDeeds {
    private static final int MANY = 20;

    private StreamDeeds() {}

    /** Done with before the peer has said its end. */
    static void manyShort(Town town) throws Exception {
        each(town, io -> {
            Payload.through(io);
            io.finish();
            io.stream().stopReading(0);
        });
    }

    static void manyHalfClosed(Town town) throws Exception {
        each(town, Payload::throughHalfClosed);
    }

    static void manyReset(Town town) throws Exception {
        each(town, io -> {
            io.write(Payload.random(Payload.SMALL_BYTES));
            io.stream().reset(0);
        });
    }

    private interface Use {
        void use(StreamIo io) throws Exception;
    }

    private static void each(Town town, Use use) throws Exception {
        try (Guest guest = town.guests().come()) {
            PeerId home = Connections.connect(guest, town.homeAddress()).remotePeer();
            for (int i = 0; i < MANY; i++) {
                use.use(guest.peer().open(home, Town.WEB));
            }
        }
    }
}
