package io.peerup.wire;

import java.math.BigInteger;

/** The two numbers of an ECDSA signature and their encodings. */
record EcdsaSignature(BigInteger r, BigInteger s) {

    /** Reads strict DER with positive numbers of at most {@code scalarBytes} each. */
    static EcdsaSignature fromDer(byte[] der, int scalarBytes) throws ProtocolViolation {
        DerReader outer = new DerReader(der);
        DerReader sequence = outer.sequence();
        outer.end();
        EcdsaSignature signature = new EcdsaSignature(sequence.unsigned(scalarBytes), sequence.unsigned(scalarBytes));
        sequence.end();
        return signature;
    }

    byte[] toDer() {
        return Der.sequence(Der.integer(r), Der.integer(s));
    }

    /** Both numbers at full width, as IEEE P1363 has them. */
    byte[] toFixed(int scalarBytes) {
        byte[] fixed = new byte[2 * scalarBytes];
        UnsignedInteger.write(r, fixed, 0, scalarBytes);
        UnsignedInteger.write(s, fixed, scalarBytes, scalarBytes);
        return fixed;
    }

    static EcdsaSignature fromFixed(byte[] fixed) {
        int scalarBytes = fixed.length / 2;
        return new EcdsaSignature(
                UnsignedInteger.read(fixed, 0, scalarBytes), UnsignedInteger.read(fixed, scalarBytes, scalarBytes));
    }
}
