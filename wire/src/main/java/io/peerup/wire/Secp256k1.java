package io.peerup.wire;

import java.math.BigInteger;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;

/** Bitcoin's curve, SEC 2 section 2.4.1. */
final class Secp256k1 {
    static final ECDomainParameters DOMAIN = new ECDomainParameters(CustomNamedCurves.getByName("secp256k1"));
    static final int SCALAR_BYTES = 32;
    static final int COMPRESSED_POINT_BYTES = 33;

    private static final BigInteger HALF_ORDER = DOMAIN.getN().shiftRight(1);

    private Secp256k1() {}

    /** Of the two valid forms of a signature the one with the smaller s, which stricter peers insist on. */
    static EcdsaSignature lowS(BigInteger r, BigInteger s) {
        return new EcdsaSignature(r, s.compareTo(HALF_ORDER) > 0 ? DOMAIN.getN().subtract(s) : s);
    }
}
