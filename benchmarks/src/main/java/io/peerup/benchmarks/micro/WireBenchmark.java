package io.peerup.benchmarks.micro;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.Varint;
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

/** Values and encodings. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WireBenchmark {
    private static final String ADDRESS =
            "/ip4/203.0.113.50/tcp/7777/p2p/12D3KooWGTbdzSBygXAKLkDWYSMGPmHbYXcGPAFD7WbCpDNxHFHp/p2p-circuit";

    private final ByteBuf varint = Unpooled.directBuffer(Varint.MAX_BYTES);
    private final Multiaddr parsed;
    private final byte[] encoded;

    /** For JMH. */
    public WireBenchmark() {
        try {
            parsed = Multiaddr.parse(ADDRESS);
        } catch (ProtocolViolation wrong) {
            throw new IllegalStateException(wrong);
        }
        encoded = parsed.bytes();
    }

    /** Write and read a varint of three bytes. */
    @Benchmark
    public long varint() throws ProtocolViolation {
        varint.clear();
        Varint.write(varint, 100_000);
        return Varint.read(varint);
    }

    /** An address with a relay, from its bytes. */
    @Benchmark
    public Multiaddr multiaddrFromBytes() throws ProtocolViolation {
        return Multiaddr.fromBytes(encoded);
    }

    /** The same from text. */
    @Benchmark
    public Multiaddr multiaddrFromText() throws ProtocolViolation {
        return Multiaddr.parse(ADDRESS);
    }

    /** The same to text. */
    @Benchmark
    public String multiaddrToText() {
        return parsed.toString();
    }
}
