package io.peerup.wire;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/**
 * The NIST curves of ECDSA keys. In DER a public key on one of them is a constant followed by its point, so comparing
 * with that constant is all the parsing it needs.
 */
final class NistCurve {
    private static final List<NistCurve> ALL = List.of(
            new NistCurve(
                    "secp256r1", 32, "06082a8648ce3d030107", "3059301306072a8648ce3d020106082a8648ce3d030107034200"),
            new NistCurve("secp384r1", 48, "06052b81040022", "3076301006072a8648ce3d020106052b81040022036200"),
            new NistCurve("secp521r1", 66, "06052b81040023", "30819b301006072a8648ce3d020106052b8104002303818600"));

    private static final byte UNCOMPRESSED = 4;

    private final String jdkName;
    private final int fieldBytes;
    private final byte[] objectId;
    private final byte[] publicKeyPrefix;

    private NistCurve(String jdkName, int fieldBytes, String objectId, String publicKeyPrefix) {
        this.jdkName = jdkName;
        this.fieldBytes = fieldBytes;
        this.objectId = Der.hex(objectId);
        this.publicKeyPrefix = Der.hex(publicKeyPrefix);
    }

    static NistCurve ofPublicKey(byte[] der) throws ProtocolViolation {
        for (NistCurve curve : ALL) {
            int prefix = curve.publicKeyPrefix.length;
            if (der.length == prefix + curve.pointBytes()
                    && Arrays.equals(der, 0, prefix, curve.publicKeyPrefix, 0, prefix)) {
                return curve;
            }
        }
        throw malformed("a key of " + der.length + " bytes on no curve of ours");
    }

    /** The curve whose object identifier, as a DER element, is all that is left to read. */
    static NistCurve ofObjectId(DerReader in) throws ProtocolViolation {
        for (NistCurve curve : ALL) {
            if (in.nextIs(curve.objectId)) {
                in.expect(curve.objectId);
                in.end();
                return curve;
            }
        }
        throw malformed("a curve that is none of ours");
    }

    /** The length of a coordinate, and of each number in a signature. */
    int fieldBytes() {
        return fieldBytes;
    }

    byte[] objectId() {
        return objectId.clone();
    }

    BigInteger order() {
        return parameters().getOrder();
    }

    byte[] publicKeyDer(byte[] point) {
        return Der.concatenate(publicKeyPrefix, point);
    }

    byte[] pointOfPublicKey(byte[] der) {
        return Arrays.copyOfRange(der, publicKeyPrefix.length, der.length);
    }

    /** A point that is known to be on the curve. */
    ECPoint decode(byte[] point) throws ProtocolViolation {
        if (point.length != pointBytes() || point[0] != UNCOMPRESSED) {
            throw malformed("not an uncompressed point");
        }
        BigInteger x = UnsignedInteger.read(point, 1, fieldBytes);
        BigInteger y = UnsignedInteger.read(point, 1 + fieldBytes, fieldBytes);
        ECParameterSpec parameters = parameters();
        BigInteger p = ((ECFieldFp) parameters.getCurve().getField()).getP();
        BigInteger right = x.multiply(x)
                .add(parameters.getCurve().getA())
                .multiply(x)
                .add(parameters.getCurve().getB());
        if (x.compareTo(p) >= 0
                || y.compareTo(p) >= 0
                || y.multiply(y).subtract(right).mod(p).signum() != 0) {
            throw malformed("a point that is not on the curve");
        }
        return new ECPoint(x, y);
    }

    /** The uncompressed public point of a private scalar. */
    byte[] publicPoint(BigInteger scalar) {
        return CustomNamedCurves.getByName(jdkName).getG().multiply(scalar).getEncoded(false);
    }

    ECParameterSpec parameters() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(jdkName));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK of ours has " + jdkName, e);
        }
    }

    private int pointBytes() {
        return 1 + 2 * fieldBytes;
    }

    private static ProtocolViolation malformed(String detail) {
        return new ProtocolViolation(WireRule.KEY_MALFORMED, "ECDSA: " + detail);
    }
}
