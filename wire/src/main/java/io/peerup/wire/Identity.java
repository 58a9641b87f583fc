package io.peerup.wire;

import java.security.SecureRandom;

/**
 * Who a peer is: its private key. Signs, and shows nothing else of the key but its serialised form for the identity
 * file. Immutable; safe from any thread.
 *
 * <p>Spec: libp2p/specs peer-ids, "Keys".
 */
public final class Identity {
    /** The longest serialised private key: RSA of 8192 bits. */
    public static final int MAX_BYTES = 6000;

    private final PrivateKey key;
    private final PeerId peerId;

    private Identity(PrivateKey key) {
        this.key = key;
        this.peerId = PeerId.of(key.publicKey());
    }

    /** A new Ed25519 identity from the system's randomness. */
    public static Identity generate() {
        byte[] seed = new byte[Ed25519PrivateKey.SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        return ofEd25519Seed(seed);
    }

    /** The Ed25519 identity of a 32-byte seed. */
    public static Identity ofEd25519Seed(byte[] seed) {
        if (seed.length != Ed25519PrivateKey.SEED_BYTES) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length);
        }
        return new Identity(Ed25519PrivateKey.ofSeed(seed));
    }

    /**
     * An identity of any of the four kinds from its serialised form, also the legacy one of Ed25519 that repeats the
     * public key.
     *
     * @throws ProtocolViolation when the bytes are no private key, or its stored public half is of another key
     */
    public static Identity fromProtobuf(byte[] serialized) throws ProtocolViolation {
        if (serialized.length > MAX_BYTES) {
            throw new ProtocolViolation(WireRule.KEY_SIZE_OUT_OF_BOUNDS, serialized.length + " serialised bytes");
        }
        KeyMessage message = KeyMessage.read(serialized, MAX_BYTES);
        return new Identity(PrivateKey.fromRaw(message.type(), message.data()));
    }

    /** The serialised private key, 68 bytes for Ed25519: what an identity file holds. Keep it secret. */
    public byte[] toProtobuf() {
        return KeyMessage.write(publicKey().type(), key.raw());
    }

    /** The public half. */
    public PublicKey publicKey() {
        return key.publicKey();
    }

    /** The name other peers know this one by. */
    public PeerId peerId() {
        return peerId;
    }

    /** A signature over {@code message} that {@link PublicKey#verify} of the public half accepts. */
    public byte[] sign(byte[] message) {
        return key.sign(message);
    }

    /** The name only, never the key. */
    @Override
    public String toString() {
        return "Identity " + peerId;
    }
}
