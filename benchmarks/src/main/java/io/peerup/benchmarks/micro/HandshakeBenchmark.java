package io.peerup.benchmarks.micro;

import io.peerup.noise.NoiseKey;
import io.peerup.wire.Identity;
import io.peerup.wire.ProtocolViolation;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a handshake is made of. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HandshakeBenchmark {
    private final Identity identity = Identity.generate();
    private final NoiseKey ours = NoiseKey.generate(Identity.generate());
    private final NoiseKey theirs = NoiseKey.generate(identity);
    private final byte[] text = new byte[56];
    private final byte[] signature = identity.sign(text);
    private final byte[] secret = new byte[X25519.SCALAR_SIZE];
    private final byte[] point = new byte[X25519.POINT_SIZE];
    private final byte[] result = new byte[X25519.POINT_SIZE];

    /** For JMH. */
    public HandshakeBenchmark() {
        X25519.generatePrivateKey(new SecureRandom(), secret);
        X25519.generatePublicKey(secret, 0, point, 0);
    }

    /** Sign with Ed25519 what an identity signs in a handshake. */
    @Benchmark
    public byte[] ed25519Sign() {
        return identity.sign(text);
    }

    /** Verify it. */
    @Benchmark
    public boolean ed25519Verify() {
        return identity.publicKey().verify(text, signature);
    }

    /** One agreement. */
    @Benchmark
    public boolean x25519Agree() {
        return X25519.calculateAgreement(secret, 0, point, 0, result, 0);
    }

    /** One ephemeral public key. */
    @Benchmark
    public byte[] x25519PublicKey() {
        X25519.generatePublicKey(secret, 0, result, 0);
        return result;
    }

    /** Both ends of a whole handshake. */
    @Benchmark
    public Object noiseXx() throws ProtocolViolation {
        return Handshake.between(ours, theirs, identity);
    }
}
