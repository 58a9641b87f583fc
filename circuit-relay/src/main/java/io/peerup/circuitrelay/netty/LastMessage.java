package io.peerup.circuitrelay.netty;

import io.netty.buffer.Unpooled;
import io.peerup.swarm.ErrorCode;
import io.peerup.swarm.MuxedStream;
import io.peerup.wire.Delimited;
import java.util.concurrent.TimeUnit;

/** Messages on their way out, and the one after which a stream has nothing more to say. */
final class LastMessage {
    private static final long FAREWELL_SECONDS = 10;

    private LastMessage() {}

    /** Sends a message; the stream goes on. On any thread. */
    static void send(MuxedStream stream, byte[] message) {
        stream.channel().writeAndFlush(Unpooled.wrappedBuffer(Delimited.write(message)));
    }

    /** Sends a message, if there is one to send, and ends the stream; on its event loop. */
    static void sendAndFinish(MuxedStream stream, byte[] message) {
        send(stream, message);
        finish(stream);
    }

    /** Ends the stream as soon as the peer has, or a little later without it; on its event loop. */
    static void finish(MuxedStream stream) {
        stream.finish();
        stream.stopReading(ErrorCode.NONE.streamCode());
        var impatient = stream.channel()
                .eventLoop()
                .schedule(() -> stream.reset(ErrorCode.NONE.streamCode()), FAREWELL_SECONDS, TimeUnit.SECONDS);
        stream.closed().thenRun(() -> impatient.cancel(false));
    }
}
