package io.peerup.benchmarks.micro;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.peerup.swarm.limits.MemoryBudget;
import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxCodec;
import io.peerup.yamux.YamuxConfig;
import io.peerup.yamux.YamuxEvent;
import io.peerup.yamux.YamuxFrame;
import io.peerup.yamux.YamuxSession;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Headers and two sessions that talk without a network. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class YamuxBenchmark {
    private static final int CHUNK = 16 << 10;

    private final ByteBuf header = Unpooled.directBuffer(YamuxCodec.HEADER_BYTES);
    private final YamuxSession client = new YamuxSession(true, YamuxConfig.defaults(), MemoryBudget.unlimited(), 0);
    private final YamuxSession server = new YamuxSession(false, YamuxConfig.defaults(), MemoryBudget.unlimited(), 0);
    private final int stream;
    private long now;

    /** For JMH. */
    public YamuxBenchmark() {
        stream = client.open(0);
        try {
            settle();
        } catch (ProtocolViolation wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    /** Write and read the header of a data frame. */
    @Benchmark
    public YamuxFrame dataHeader() throws ProtocolViolation {
        header.clear();
        YamuxCodec.encodeData(1, CHUNK, header);
        return YamuxCodec.decode(header);
    }

    /** Send, receive and read 16 KiB on a stream, with the credit that this takes. */
    @Benchmark
    public int dataFrame() throws ProtocolViolation {
        now += 10_000;
        client.wantsToSend(stream);
        int id = client.nextToSend();
        int bytes = Math.min(CHUNK, client.allowanceBytes(id));
        client.sent(id, bytes, false);
        header.clear();
        YamuxCodec.encodeData(id, bytes, header);
        YamuxFrame.Data data = (YamuxFrame.Data) YamuxCodec.decode(header);
        server.receive(data, now);
        server.payloadEnded(data);
        server.consumed(id, bytes, now);
        settle();
        return bytes;
    }

    /** Open a stream, finish it from both ends. */
    @Benchmark
    public int openAndFinish() throws ProtocolViolation {
        now += 10_000;
        int id = client.open(now);
        settle();
        client.finish(id);
        settle();
        server.finish(id);
        settle();
        return id;
    }

    private void settle() throws ProtocolViolation {
        boolean any = true;
        while (any) {
            any = pass(client, server);
            any |= pass(server, client);
        }
    }

    private boolean pass(YamuxSession from, YamuxSession to) throws ProtocolViolation {
        boolean any = false;
        for (YamuxFrame frame = from.nextFrame(); frame != null; frame = from.nextFrame()) {
            to.receive(frame, now);
            any = true;
        }
        for (YamuxEvent event = to.nextEvent(); event != null; event = to.nextEvent()) {
            any = true;
        }
        return any;
    }
}
