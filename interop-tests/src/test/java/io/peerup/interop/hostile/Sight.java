package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.peerup.testkit.hostile.RawFrame;
import io.peerup.testkit.hostile.RawPeer;
import io.peerup.testkit.hostile.RawSocket;
import io.peerup.testkit.hostile.RawStream;
import io.peerup.testkit.hostile.RawYamux;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** What an attacker sees, judged. */
final class Sight {
    static final int NO_CODE = 0;
    static final int YAMUX_PROTOCOL_ERROR = 1;
    static final int TOO_MANY = 0x1002;
    static final int VIOLATION = 0x1004;

    /** For what needs no deadline of the other side: it is to happen at once, and a slow machine has its time for it. */
    static final Duration AT_ONCE = Duration.ofSeconds(20);

    /** For how long we write to somebody who need not read. */
    static final Duration FLOOD = Duration.ofSeconds(5);

    private Sight() {}

    /** The connection is over, whatever was still said on it. */
    static void cut(RawSocket socket) throws IOException {
        cut(socket, AT_ONCE);
    }

    static void cut(RawSocket socket, Duration within) throws IOException {
        assertThat(socket.awaitEnd(within)).as("how the connection ended").isNotEqualTo(RawSocket.End.OPEN);
    }

    /** The connection is over, and no more came back than was sent. */
    static void cutWithoutAmplification(RawSocket socket) throws IOException {
        cut(socket);
        assertThat(socket.received()).as("bytes that came back").isLessThanOrEqualTo(socket.sent());
    }

    /** The session ends with this code, then the connection. */
    static void goAway(RawPeer peer, int code) throws IOException {
        peer.muxer().beSilent();
        try {
            while (true) {
                peer.muxer().step();
            }
        } catch (RawYamux.GoneAway gone) {
            assertThat(gone.code()).as("the go-away's code").isEqualTo(code);
        } catch (SocketTimeoutException waited) {
            fail("no go-away");
        } catch (EOFException | SocketException ended) {
            fail("no go-away before the end: " + ended);
        }
        cut(peer.socket());
    }

    /** This stream is reset with one of these codes; the connection goes on. */
    static void reset(RawPeer peer, RawStream stream, Integer... codes) throws IOException {
        try {
            assertThat(stream.awaitReset()).as("the reset's code").isIn((Object[]) codes);
        } catch (SocketTimeoutException waited) {
            fail("no reset");
        } catch (EOFException | SocketException ended) {
            fail("no reset before the end: " + ended);
        }
        peer.ping();
    }

    /** The session is alive and in order. */
    static void goesOn(RawPeer peer) throws IOException {
        peer.ping();
    }

    /** A data frame's header that claims so many bytes. */
    static byte[] dataHeader(int flags, int stream, int length) {
        return RawFrame.header(0, RawFrame.DATA, flags, stream, length);
    }
}
