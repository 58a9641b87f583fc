package io.peerup.wire;

import java.util.HexFormat;
import java.util.List;

/** An identity of each kind, the same ones in every run. */
final class SampleIdentities {
    private SampleIdentities() {}

    static Identity ed25519() {
        return of("ed25519");
    }

    static Identity secp256k1() {
        return of("secp256k1");
    }

    static Identity ecdsa() {
        return of("ecdsa-p-256");
    }

    static Identity rsa() {
        return of("rsa-2048");
    }

    static Identity of(String name) {
        List<String> vector = Vectors.read("keys.tsv")
                .filter(line -> line.getFirst().equals(name))
                .findFirst()
                .orElseThrow();
        try {
            return Identity.fromProtobuf(HexFormat.of().parseHex(vector.get(1)));
        } catch (ProtocolViolation e) {
            throw new AssertionError(e);
        }
    }
}
