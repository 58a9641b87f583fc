package io.peerup.wire;

import java.util.Arrays;

/**
 * A peer's public key. Spec: libp2p/specs peer-ids, "Keys".
 *
 * <p>Equal keys have equal {@link #toProtobuf} bytes: every kind accepts exactly one encoding of a key, because a
 * peer's name is made of these bytes. Immutable; safe from any thread.
 */
public sealed interface PublicKey permits Ed25519PublicKey, Secp256k1PublicKey, EcdsaPublicKey, RsaPublicKey {
    /** The longest serialised key: RSA of 8192 bits. */
    int MAX_BYTES = 1100;

    /** The kind of this key. */
    KeyType type();

    /** The key in the encoding of its kind, without the type. */
    byte[] raw();

    /**
     * Whether {@code signature} over {@code message} was made with the private half of this key. Whatever a peer sends
     * as signature or key, the answer is no rather than an exception.
     */
    boolean verify(byte[] message, byte[] signature);

    /** The serialised key, type and raw bytes, of which peer IDs are made. */
    default byte[] toProtobuf() {
        return KeyMessage.write(type(), raw());
    }

    /** The name of the peer that has this key. */
    default PeerId peerId() {
        return PeerId.of(this);
    }

    /**
     * A key from its serialised form.
     *
     * @throws ProtocolViolation when the bytes are anything but the one serialisation of a key whose size we accept
     */
    static PublicKey fromProtobuf(byte[] serialized) throws ProtocolViolation {
        if (serialized.length > MAX_BYTES) {
            throw new ProtocolViolation(WireRule.KEY_SIZE_OUT_OF_BOUNDS, serialized.length + " serialised bytes");
        }
        KeyMessage message = KeyMessage.read(serialized, MAX_BYTES);
        PublicKey key = fromRaw(message.type(), message.data());
        if (!Arrays.equals(key.toProtobuf(), serialized)) {
            throw new ProtocolViolation(WireRule.KEY_MALFORMED, "not the deterministic serialisation");
        }
        return key;
    }

    /**
     * A key from the encoding of its kind.
     *
     * @throws ProtocolViolation when the bytes are no key of that kind, or of a size we do not accept
     */
    static PublicKey fromRaw(KeyType type, byte[] raw) throws ProtocolViolation {
        return switch (type) {
            case RSA -> RsaPublicKey.fromDer(raw);
            case ED25519 -> Ed25519PublicKey.of(raw);
            case SECP256K1 -> Secp256k1PublicKey.fromCompressed(raw);
            case ECDSA -> EcdsaPublicKey.fromDer(raw);
        };
    }
}
