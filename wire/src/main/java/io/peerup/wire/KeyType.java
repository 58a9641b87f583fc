package io.peerup.wire;

/** The kinds of keys a peer can have. Spec: libp2p/specs peer-ids, "Keys". */
public enum KeyType {
    /** RSA with PKCS #1 v1.5 signatures over SHA-256. */
    RSA(0),
    /** Ed25519, the kind that new peers use. */
    ED25519(1),
    /** ECDSA over SHA-256 on Bitcoin's curve. */
    SECP256K1(2),
    /** ECDSA over SHA-256 on a NIST curve. */
    ECDSA(3);

    private final int code;

    KeyType(int code) {
        this.code = code;
    }

    /** The number in the protobuf form of a key. */
    public int code() {
        return code;
    }

    static KeyType ofCode(long code) throws ProtocolViolation {
        for (KeyType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new ProtocolViolation(WireRule.KEY_TYPE_UNKNOWN, "key type " + code);
    }
}
