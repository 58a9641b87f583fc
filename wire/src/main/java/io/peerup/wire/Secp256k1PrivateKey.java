package io.peerup.wire;

import java.math.BigInteger;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** A scalar on Bitcoin's curve: 32 bytes. */
record Secp256k1PrivateKey(BigInteger scalar, Secp256k1PublicKey publicKey) implements PrivateKey {

    static Secp256k1PrivateKey fromRaw(byte[] raw) throws ProtocolViolation {
        if (raw.length != Secp256k1.SCALAR_BYTES) {
            throw new ProtocolViolation(WireRule.KEY_MALFORMED, "a secp256k1 private key of " + raw.length + " bytes");
        }
        BigInteger scalar = UnsignedInteger.read(raw, 0, raw.length);
        if (scalar.signum() == 0 || scalar.compareTo(Secp256k1.DOMAIN.getN()) >= 0) {
            throw new ProtocolViolation(WireRule.KEY_MALFORMED, "a secp256k1 private key outside the group");
        }
        return new Secp256k1PrivateKey(
                scalar,
                Secp256k1PublicKey.of(new FixedPointCombMultiplier().multiply(Secp256k1.DOMAIN.getG(), scalar)));
    }

    @Override
    public byte[] raw() {
        return UnsignedInteger.toBytes(scalar, Secp256k1.SCALAR_BYTES);
    }

    /** Deterministic as RFC 6979 has it. */
    @Override
    public byte[] sign(byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(scalar, Secp256k1.DOMAIN));
        BigInteger[] numbers = signer.generateSignature(Multihash.sha256Digest(message));
        return Secp256k1.lowS(numbers[0], numbers[1]).toDer();
    }
}
