package io.peerup.interop.hostile;

import io.peerup.testkit.hostile.Bytes;
import io.peerup.testkit.hostile.Proto;
import io.peerup.testkit.hostile.RawIdentity;
import io.peerup.testkit.hostile.RawPeer;
import io.peerup.testkit.hostile.RawStream;
import java.io.IOException;

/** Messages of identify, right in form. */
final class Identify {
    static final String PROTOCOL = "/ipfs/id/1.0.0";
    static final String PUSH = "/ipfs/id/push/1.0.0";

    private static final int LISTEN_ADDRESS = 2;
    private static final int PROTOCOL_NAME = 3;
    private static final int RECORD = 8;

    private Identify() {}

    /** {@code /ip4/127.0.0.1/tcp/<port>}. */
    static byte[] address(int port) {
        return new byte[] {4, 127, 0, 0, 1, 6, (byte) (port >> 8), (byte) port};
    }

    static byte[] listening(byte[] address) {
        return Proto.bytes(LISTEN_ADDRESS, address);
    }

    static byte[] speaking(String protocol) {
        return Proto.bytes(PROTOCOL_NAME, Bytes.text(protocol));
    }

    /** A record that says where {@code subject} is, in an envelope signed by {@code signer}. */
    static byte[] record(RawIdentity signer, byte[] subject, long sequence, byte[] address) {
        byte[] payload =
                Bytes.join(Proto.bytes(1, subject), Proto.number(2, sequence), Proto.bytes(3, Proto.bytes(1, address)));
        return Proto.bytes(RECORD, signer.envelope("libp2p-peer-record", new byte[] {3, 1}, payload));
    }

    /** Begins to push these messages; whether that is taken shows on the stream. */
    static RawStream push(RawPeer peer, byte[]... messages) throws IOException {
        RawStream stream = peer.muxer().open(PUSH);
        for (byte[] message : messages) {
            stream.write(Proto.delimited(message));
        }
        stream.finish();
        return stream;
    }
}
