package io.peerup.interop.hostile;

import io.peerup.testkit.hostile.Bytes;
import io.peerup.testkit.hostile.Multistream;
import io.peerup.testkit.hostile.Proto;
import io.peerup.testkit.hostile.RawPeer;
import io.peerup.testkit.hostile.RawStream;
import java.io.IOException;

/** Messages of circuit relay, right in form. */
final class Hop {
    static final String PROTOCOL = "/libp2p/circuit/relay/0.2.0/hop";
    static final String STOP = "/libp2p/circuit/relay/0.2.0/stop";
    static final int OK = 100;

    private static final int RESERVE = 0;
    private static final int CONNECT = 1;
    private static final int STATUS = 2;
    private static final int STOP_STATUS = 1;

    private Hop() {}

    static byte[] reserve() {
        return Proto.number(1, RESERVE);
    }

    static byte[] connect(byte[] peer) {
        return Bytes.join(Proto.number(1, CONNECT), Proto.bytes(2, Proto.bytes(1, peer)));
    }

    /** A relay's word that it granted a reservation until then. */
    static byte[] granted(long expires) {
        return Bytes.join(Proto.number(1, STATUS), Proto.bytes(3, Proto.number(1, expires)), Proto.number(5, OK));
    }

    /** Asks, and returns the status that comes back. */
    static long ask(RawPeer peer, byte[] message) throws IOException {
        return ask(peer.muxer().open(PROTOCOL), message);
    }

    static long ask(RawStream stream, byte[] message) throws IOException {
        stream.write(Proto.delimited(message));
        return Proto.number(Proto.readDelimited(stream), 5);
    }

    /** Waits for a circuit, and takes it. */
    static RawStream accept(RawPeer peer) throws IOException {
        while (true) {
            RawStream stream = peer.muxer().accept();
            if (Multistream.answer(stream).equals(STOP)) {
                Proto.readDelimited(stream);
                stream.write(Proto.delimited(Bytes.join(Proto.number(1, STOP_STATUS), Proto.number(4, OK))));
                return stream;
            }
            stream.reset();
        }
    }
}
