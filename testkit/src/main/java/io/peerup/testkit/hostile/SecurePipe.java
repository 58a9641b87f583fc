package io.peerup.testkit.hostile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/** The inside of a Noise channel, and the handshake that leads there. */
public final class SecurePipe implements Pipe {
    /** The name under which it is negotiated. */
    public static final String PROTOCOL = "/noise";

    private static final int MAX_PLAIN_BYTES = 65_519;
    private static final byte[] SIGNED_PREFIX = Bytes.text("noise-libp2p-static-key:");
    private static final byte[] NOTHING = {};

    private final Pipe below;
    private final NoiseCipher sending;
    private final NoiseCipher receiving;
    private ByteArrayInputStream plain = new ByteArrayInputStream(NOTHING);

    private SecurePipe(Pipe below, NoiseCipher sending, NoiseCipher receiving) {
        this.below = below;
        this.sending = sending;
        this.receiving = receiving;
    }

    /** The handshake of the side that dialed, after {@code /noise} was agreed on. */
    public static SecurePipe initiate(Pipe below, RawIdentity me) throws IOException {
        return initiate(below, staticKey -> payload(me, staticKey));
    }

    /** The same with any payload in the third message, given our static key. */
    public static SecurePipe initiate(Pipe below, UnaryOperator<byte[]> payload) throws IOException {
        NoiseXx noise = new NoiseXx();
        below.write(frame(noise.writeFirst(NOTHING)));
        noise.readSecond(readFrame(below));
        below.write(frame(noise.writeThird(payload.apply(noise.staticKey()))));
        NoiseCipher[] ciphers = noise.split();
        return new SecurePipe(below, ciphers[0], ciphers[1]);
    }

    /** The handshake of the side that was dialed. */
    public static SecurePipe respond(Pipe below, RawIdentity me) throws IOException {
        return respond(below, staticKey -> payload(me, staticKey));
    }

    /** The same with any payload in the second message, given our static key. */
    public static SecurePipe respond(Pipe below, UnaryOperator<byte[]> payload) throws IOException {
        NoiseXx noise = new NoiseXx();
        noise.readFirst(readFrame(below));
        below.write(frame(noise.writeSecond(payload.apply(noise.staticKey()))));
        noise.readThird(readFrame(below));
        NoiseCipher[] ciphers = noise.split();
        return new SecurePipe(below, ciphers[1], ciphers[0]);
    }

    /** What an honest peer says of itself in the handshake; it leaves the muxer to be negotiated later. */
    public static byte[] payload(RawIdentity identity, byte[] staticKey) {
        return payload(identity.publicKey(), identity.sign(SIGNED_PREFIX, staticKey));
    }

    /** A key and a signature, whoever made them. */
    public static byte[] payload(byte[] publicKey, byte[] signature) {
        return Bytes.join(Proto.bytes(1, publicKey), Proto.bytes(2, signature));
    }

    /** Two bytes of length, and the message. */
    public static byte[] frame(byte[] message) {
        return Bytes.join(
                ByteBuffer.allocate(Short.BYTES)
                        .putShort((short) message.length)
                        .array(),
                message);
    }

    /** A Noise message over these bytes; the counter moves on whether it is sent or not. */
    public byte[] seal(byte[] content) {
        return frame(sending.seal(content, NOTHING));
    }

    @Override
    public void write(byte... bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (left.hasRemaining()) {
            byte[] piece = new byte[Math.min(left.remaining(), MAX_PLAIN_BYTES)];
            left.get(piece);
            out.writeBytes(seal(piece));
        }
        below.write(out.toByteArray());
    }

    @Override
    public byte[] read(int count) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() < count) {
            if (plain.available() == 0) {
                plain = new ByteArrayInputStream(receiving.open(readFrame(below), NOTHING));
            }
            out.writeBytes(plain.readNBytes(count - out.size()));
        }
        return out.toByteArray();
    }

    private static byte[] readFrame(Pipe pipe) throws IOException {
        return pipe.read(ByteBuffer.wrap(pipe.read(Short.BYTES)).getShort() & 0xffff);
    }
}
