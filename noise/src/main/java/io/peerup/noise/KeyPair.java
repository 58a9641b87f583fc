package io.peerup.noise;

import io.peerup.wire.ProtocolViolation;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** An X25519 key pair. */
final class KeyPair {
    static final int PUBLIC_BYTES = X25519.POINT_SIZE;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final X25519Agreement agreement;
    private final byte[] publicKey;

    private KeyPair(CryptoProvider provider, byte[] secret) {
        this.agreement = provider.x25519(secret);
        this.publicKey = new byte[PUBLIC_BYTES];
        X25519.generatePublicKey(secret, 0, publicKey, 0);
    }

    static KeyPair generate() {
        byte[] secret = new byte[X25519.SCALAR_SIZE];
        X25519.generatePrivateKey(RANDOM, secret);
        return new KeyPair(CryptoProvider.chosen(), secret);
    }

    static KeyPair of(byte[] secret) {
        return of(CryptoProvider.chosen(), secret);
    }

    static KeyPair of(CryptoProvider provider, byte[] secret) {
        return new KeyPair(provider, secret.clone());
    }

    byte[] publicKey() {
        return publicKey;
    }

    /** The shared secret; an all-zero one means the peer sent a point of low order. */
    byte[] agree(byte[] remotePublic) throws ProtocolViolation {
        return agreement.with(remotePublic);
    }
}
