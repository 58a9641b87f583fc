package io.peerup.yamux.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.peerup.swarm.MuxedConnection;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.Role;
import io.peerup.testkit.contracts.ChannelPair;
import io.peerup.testkit.contracts.StreamEnd;
import io.peerup.testkit.streams.CountedMemory;
import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxCodec;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.YamuxFrame;
import io.peerup.yamux.YamuxFrame.Flags;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A responder of ours whose peer writes frames by hand. The clock is the test's. */
final class RawPeer {
    static final Flags NONE = new Flags(false, false, false, false);
    static final Flags SYN = new Flags(true, false, false, false);
    static final Flags FIN = new Flags(false, false, true, false);

    final EmbeddedChannel channel = new EmbeddedChannel();
    final CountedMemory memory = new CountedMemory();
    final MuxedConnection connection;
    final ArrayDeque<StreamEnd> arrived = new ArrayDeque<>();
    private long nowNanos = 1;

    RawPeer(YamuxConfig config) {
        channel.freezeTime();
        connection = new Yamux(config, () -> nowNanos).attach(channel, Role.RESPONDER, memory);
        connection.acceptStreams(stream -> arrived.add(new StreamEnd(stream)));
        sent();
    }

    // ── what the peer does ──

    void sends(YamuxFrame... frames) {
        ByteBuf out = Unpooled.buffer();
        for (YamuxFrame frame : frames) {
            encode(frame, out);
        }
        sendsBytes(out);
    }

    void sendsBytes(ByteBuf bytes) {
        byte[] all = new byte[bytes.readableBytes()];
        bytes.readBytes(all).release();
        ChannelPair.feed(channel, all);
    }

    /** The frame, and zeros for its payload. */
    static void encode(YamuxFrame frame, ByteBuf out) {
        YamuxCodec.encode(frame, out);
        if (frame instanceof YamuxFrame.Data(int id, Flags flags, long length)) {
            out.writeZero((int) length);
        }
    }

    void hangsUp() {
        ChannelPair.hangUp(channel);
    }

    // ── what happens here ──

    void advance(Duration time) {
        nowNanos += time.toNanos();
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    StreamEnd open() {
        MuxedStream stream = connection.openStream().toCompletableFuture().join();
        return new StreamEnd(stream);
    }

    /** The next layer below takes no more, or takes more again. */
    void writable(boolean yes) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, yes);
        channel.runPendingTasks();
    }

    /** The frames that the peer sees since the last call. */
    List<YamuxFrame> sent() {
        ByteBuf in = Unpooled.wrappedBuffer(ChannelPair.take(channel));
        List<YamuxFrame> frames = new ArrayList<>();
        try {
            while (in.isReadable()) {
                YamuxFrame frame = YamuxCodec.decode(in);
                frames.add(frame);
                if (frame instanceof YamuxFrame.Data data) {
                    in.skipBytes((int) data.length());
                }
            }
        } catch (ProtocolViolation impossible) {
            throw new AssertionError(impossible);
        }
        return frames;
    }
}
