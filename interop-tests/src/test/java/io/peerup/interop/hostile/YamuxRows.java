package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.testkit.hostile.Bytes;
import io.peerup.testkit.hostile.RawFrame;
import io.peerup.testkit.hostile.RawPeer;
import io.peerup.testkit.hostile.RawStream;
import java.util.List;

/** Inside the encryption, below any protocol. */
final class YamuxRows {
    private static final int INITIAL_WINDOW = 256 << 10;

    private YamuxRows() {}

    static List<Row> rows() {
        return List.of(
                row("A10", "credit beyond any window", "go-away, closed", YamuxRows::credit),
                row(
                        "A11",
                        "one byte more than the window, with the stream's first frame",
                        "go-away, closed",
                        YamuxRows::tooMuchAtOnce));
    }

    private static Row row(String id, String title, String expected, Row.Attack attack) {
        return new Row(id, title, Group.YAMUX, expected, attack);
    }

    private static void credit(Scene scene) throws Exception {
        try (RawPeer peer = scene.atRelay()) {
            RawStream stream = peer.muxer().open();
            peer.secure().write(Bytes.repeat(RawFrame.window(RawFrame.NONE, stream.id(), -1), 2));
            Sight.goAway(peer, Sight.YAMUX_PROTOCOL_ERROR);
        }
        try (RawPeer peer = scene.atRelay()) {
            RawStream stream = peer.muxer().open(RawPeer.PING);
            stream.reset();
            peer.secure().write(Bytes.repeat(RawFrame.window(RawFrame.NONE, stream.id(), -1), 1000));
            Sight.goesOn(peer);
        }
    }

    private static void tooMuchAtOnce(Scene scene) throws Exception {
        try (RawPeer peer = scene.atRelay()) {
            for (int round = 0; round < 20; round++) {
                int id = peer.muxer().takeId();
                RawStream stream = peer.muxer().follow(id);
                peer.secure().write(RawFrame.data(RawFrame.SYN, id, new byte[INITIAL_WINDOW]));
                assertThat(stream.awaitReset()).isEqualTo(Sight.VIOLATION);
            }
            Sight.goesOn(peer);
        }
        for (int round = 0; round < 20; round++) {
            try (RawPeer peer = scene.atRelay()) {
                int id = peer.muxer().takeId();
                peer.secure().write(Sight.dataHeader(RawFrame.SYN, id, INITIAL_WINDOW + 1));
                Sight.goAway(peer, Sight.YAMUX_PROTOCOL_ERROR);
            }
        }
    }
}
