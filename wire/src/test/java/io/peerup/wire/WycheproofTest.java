package io.peerup.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verdicts of C2SP Wycheproof on signatures, against the keys that peers are judged by. */
class WycheproofTest {
    @ParameterizedTest
    @CsvSource({
        "ed25519_test.json, ED25519",
        "ecdsa_secp256k1_sha256_test.json, SECP256K1",
        "ecdsa_secp256r1_sha256_test.json, ECDSA",
        "ecdsa_secp384r1_sha256_test.json, ECDSA",
        "rsa_signature_2048_sha256_test.json, RSA",
        "rsa_signature_3072_sha256_test.json, RSA",
        "rsa_signature_8192_sha256_test.json, RSA",
    })
    void everyVerdictIsTheSame(String file, KeyType type) throws Exception {
        JsonObject vectors = read(file);
        int judged = 0;
        for (JsonElement group : vectors.getAsJsonArray("testGroups")) {
            PublicKey key = key(type, group.getAsJsonObject());
            for (JsonElement test : group.getAsJsonObject().getAsJsonArray("tests")) {
                judged += judge(key, test.getAsJsonObject()) ? 1 : 0;
            }
        }

        assertThat(judged).isGreaterThan(vectors.get("numberOfTests").getAsInt() - 2);
    }

    /** False for the few vectors that leave the verdict open. */
    private static boolean judge(PublicKey key, JsonObject test) {
        String expected = test.get("result").getAsString();
        boolean accepted = key.verify(hex(test, "msg"), hex(test, "sig"));
        if (expected.equals("acceptable")) {
            return false;
        }
        assertThat(accepted).as("%s: %s", test.get("tcId"), test.get("comment")).isEqualTo(expected.equals("valid"));
        return true;
    }

    private static PublicKey key(KeyType type, JsonObject group) throws ProtocolViolation {
        return switch (type) {
            case ED25519 -> PublicKey.fromRaw(type, hex(group.getAsJsonObject("publicKey"), "pk"));
            case SECP256K1 ->
                PublicKey.fromRaw(type, compressed(hex(group.getAsJsonObject("publicKey"), "uncompressed")));
            case ECDSA, RSA -> PublicKey.fromRaw(type, hex(group, "publicKeyDer"));
        };
    }

    private static byte[] compressed(byte[] uncompressed) {
        byte[] compressed = Arrays.copyOf(uncompressed, Secp256k1.COMPRESSED_POINT_BYTES);
        compressed[0] = (byte) (2 + (uncompressed[uncompressed.length - 1] & 1));
        return compressed;
    }

    private static byte[] hex(JsonObject object, String name) {
        return HexFormat.of().parseHex(object.get(name).getAsString());
    }

    private static JsonObject read(String file) {
        String name = "/wycheproof/" + file;
        var stream = Objects.requireNonNull(WycheproofTest.class.getResourceAsStream(name), name);
        return JsonParser.parseReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                .getAsJsonObject();
    }
}
