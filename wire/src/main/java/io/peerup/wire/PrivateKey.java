package io.peerup.wire;

/** The private half of a key; never leaves {@link Identity}. */
sealed interface PrivateKey permits Ed25519PrivateKey, Secp256k1PrivateKey, EcdsaPrivateKey, RsaPrivateKey {
    PublicKey publicKey();

    /** The encoding of its kind that goes into an identity file. */
    byte[] raw();

    byte[] sign(byte[] message);

    static PrivateKey fromRaw(KeyType type, byte[] raw) throws ProtocolViolation {
        return switch (type) {
            case RSA -> RsaPrivateKey.fromDer(raw);
            case ED25519 -> Ed25519PrivateKey.fromRaw(raw);
            case SECP256K1 -> Secp256k1PrivateKey.fromRaw(raw);
            case ECDSA -> EcdsaPrivateKey.fromDer(raw);
        };
    }
}
