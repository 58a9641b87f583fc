package io.peerup.benchmarks.micro;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.multistream.AnsweringHandler;
import io.peerup.swarm.multistream.NegotiationOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

/** Agreeing on a protocol, as the side that answers; most of it is the channel, which is measured alone, too. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MultistreamBenchmark {
    private final ByteBuf asked = Unpooled.unreleasableBuffer(
            Unpooled.copiedBuffer("\u0013/multistream/1.0.0\n\u0011/ipfs/ping/1.0.0\n", StandardCharsets.UTF_8));

    /** Both messages in one read. */
    @Benchmark
    public Object answer() {
        EmbeddedChannel channel =
                new EmbeddedChannel(new AnsweringHandler(any -> true, Duration.ofSeconds(10), new Agreed()));
        channel.writeInbound(asked.duplicate());
        Object answer = channel.readOutbound();
        channel.releaseOutbound();
        channel.finishAndReleaseAll();
        return answer;
    }

    /** A channel that comes and goes. */
    @Benchmark
    public Object channelAlone() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.finishAndReleaseAll();
        return channel;
    }

    private static final class Agreed implements NegotiationOutcome {
        @Override
        public void agreed(ProtocolId protocol) {}

        @Override
        public void failed(Exception why) {
            throw new IllegalStateException(why);
        }
    }
}
