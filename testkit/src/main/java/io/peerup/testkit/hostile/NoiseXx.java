package io.peerup.testkit.hostile;

import java.security.KeyPair;
import java.util.Arrays;

/** {@code Noise_XX_25519_ChaChaPoly_SHA256}, one token at a time, both roles. */
final class NoiseXx {
    private static final int KEY_BYTES = 32;
    private static final int TAG_BYTES = 16;
    private static final byte[] NAME = Bytes.text("Noise_XX_25519_ChaChaPoly_SHA256");

    private final KeyPair ephemeral = Curve25519.generate();
    private final KeyPair fixed = Curve25519.generate();
    private byte[] hash = Sha256.of(NAME);
    private byte[] chainingKey = NAME;
    private NoiseCipher cipher = NoiseCipher.none();
    private byte[] remoteEphemeral = new byte[0];
    private byte[] remoteStatic = new byte[0];

    /** e. */
    byte[] writeFirst(byte[] payload) {
        return Bytes.join(mixHash(Curve25519.publicKey(ephemeral)), encrypt(payload));
    }

    byte[] readFirst(byte[] message) {
        remoteEphemeral = mixHash(Arrays.copyOf(message, KEY_BYTES));
        return decrypt(Arrays.copyOfRange(message, KEY_BYTES, message.length));
    }

    /** e, ee, s, es. */
    byte[] writeSecond(byte[] payload) {
        byte[] e = mixHash(Curve25519.publicKey(ephemeral));
        mixKey(Curve25519.agree(ephemeral, remoteEphemeral));
        byte[] s = encrypt(staticKey());
        mixKey(Curve25519.agree(fixed, remoteEphemeral));
        return Bytes.join(e, s, encrypt(payload));
    }

    byte[] readSecond(byte[] message) {
        remoteEphemeral = mixHash(Arrays.copyOf(message, KEY_BYTES));
        mixKey(Curve25519.agree(ephemeral, remoteEphemeral));
        int keyEnd = KEY_BYTES + KEY_BYTES + TAG_BYTES;
        remoteStatic = decrypt(Arrays.copyOfRange(message, KEY_BYTES, keyEnd));
        mixKey(Curve25519.agree(ephemeral, remoteStatic));
        return decrypt(Arrays.copyOfRange(message, keyEnd, message.length));
    }

    /** s, se. */
    byte[] writeThird(byte[] payload) {
        byte[] s = encrypt(staticKey());
        mixKey(Curve25519.agree(fixed, remoteEphemeral));
        return Bytes.join(s, encrypt(payload));
    }

    byte[] readThird(byte[] message) {
        int keyEnd = KEY_BYTES + TAG_BYTES;
        remoteStatic = decrypt(Arrays.copyOf(message, keyEnd));
        mixKey(Curve25519.agree(ephemeral, remoteStatic));
        return decrypt(Arrays.copyOfRange(message, keyEnd, message.length));
    }

    /** The cipher of what the initiator sends, and that of what the responder sends. */
    NoiseCipher[] split() {
        byte[][] keys = derive(new byte[0]);
        return new NoiseCipher[] {new NoiseCipher(keys[0]), new NoiseCipher(keys[1])};
    }

    byte[] staticKey() {
        return Curve25519.publicKey(fixed);
    }

    private byte[] encrypt(byte[] plain) {
        byte[] sealed = cipher.seal(plain, hash);
        mixHash(sealed);
        return sealed;
    }

    private byte[] decrypt(byte[] sealed) {
        byte[] plain = cipher.open(sealed, hash);
        mixHash(sealed);
        return plain;
    }

    private byte[] mixHash(byte[] data) {
        hash = Sha256.of(hash, data);
        return data;
    }

    private void mixKey(byte[] secret) {
        byte[][] keys = derive(secret);
        chainingKey = keys[0];
        cipher = new NoiseCipher(keys[1]);
    }

    private byte[][] derive(byte[] secret) {
        byte[] pseudoRandom = Sha256.hmac(chainingKey, secret);
        byte[] first = Sha256.hmac(pseudoRandom, new byte[] {1});
        return new byte[][] {first, Sha256.hmac(pseudoRandom, Bytes.join(first, new byte[] {2}))};
    }
}
