package io.peerup.benchmarks.micro;

import io.peerup.noise.CipherState;
import io.peerup.noise.NoiseKey;
import io.peerup.wire.Identity;
import io.peerup.wire.ProtocolViolation;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Transport messages. Opening needs something sealed, so it is measured together with sealing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NoiseBenchmark {
    /** Plaintext; the largest is what fits a message. */
    @Param({"1024", "16384", "65519"})
    public int bytes;

    private CipherState send = unset();
    private CipherState receive = unset();
    private byte[] message = {};

    /** New keys. */
    @Setup(Level.Trial)
    public void prepare() throws ProtocolViolation {
        Identity dialed = Identity.generate();
        Handshake handshake =
                Handshake.between(NoiseKey.generate(Identity.generate()), NoiseKey.generate(dialed), dialed);
        send = handshake.initiator().send();
        receive = handshake.responder().receive();
        message = new byte[bytes + CipherState.TAG_BYTES];
    }

    /** Seals a message in place. */
    @Benchmark
    public int seal() {
        return send.sealInPlace(message, 0, bytes);
    }

    /** Seals a message and opens it. */
    @Benchmark
    public int sealAndOpen() throws ProtocolViolation {
        return receive.openInPlace(message, 0, send.sealInPlace(message, 0, bytes));
    }

    private static CipherState unset() {
        Identity dialed = Identity.generate();
        try {
            return Handshake.between(NoiseKey.generate(dialed), NoiseKey.generate(dialed), dialed)
                    .initiator()
                    .send();
        } catch (ProtocolViolation wrong) {
            throw new IllegalStateException(wrong);
        }
    }
}
