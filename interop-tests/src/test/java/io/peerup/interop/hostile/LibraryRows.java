package io.peerup.interop.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.peerup.testkit.hostile.Bytes;
import io.peerup.wire.Identity;
import io.peerup.wire.KeyType;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.PublicKey;
import io.peerup.wire.WireRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** What others have written and we rely on: their verdicts, and their versions. */
final class LibraryRows {
    private static final Path WYCHEPROOF = Path.of("..", "wire", "src", "test", "resources", "wycheproof");
    private static final int PUBLIC_HALF = 32;
    private static final Duration WATCHDOG = Duration.ofSeconds(30);

    private final Verifier verifier;

    private LibraryRows(Verifier verifier) {
        this.verifier = verifier;
    }

    /** The judge of signatures: ours, or a sabotaged one. */
    interface Verifier {
        boolean accepts(PublicKey key, byte[] message, byte[] signature);
    }

    static List<Row> rows() {
        return rows(PublicKey::verify);
    }

    static List<Row> rows(Verifier verifier) {
        LibraryRows rows = new LibraryRows(verifier);
        return List.of(
                row(
                        "A1",
                        "Wycheproof's Ed25519 signatures",
                        "its verdicts",
                        scene -> rows.wycheproof("ed25519_test.json", KeyType.ED25519)),
                row(
                        "B15",
                        "the signature that kept Bouncy Castle busy for ever",
                        "judged in time, as the JDK does",
                        scene -> rows.endless()),
                row("B17", "Wycheproof's ECDSA signatures", "its verdicts", scene -> {
                    rows.wycheproof("ecdsa_secp256r1_sha256_test.json", KeyType.ECDSA);
                    rows.wycheproof("ecdsa_secp256k1_sha256_test.json", KeyType.SECP256K1);
                }),
                row("B7", "names, resolved by whom", "nothing of Netty's DNS is shipped", scene -> noResolver()),
                row(
                        "B20",
                        "a private key with somebody else's public half",
                        "refused; signing takes no public half",
                        scene -> halves()),
                row("B8", "versions with known holes", "at or above the floors", scene -> Floors.requireAll()),
                UnitTests.row(
                        "A15", "forged and last counters at the cipher", "noise", "io.peerup.noise.CipherStateTest"),
                UnitTests.row(
                        "A19",
                        "times of a reservation, to the end of time",
                        "circuit-relay",
                        "io.peerup.circuitrelay.ReservationTest",
                        "io.peerup.circuitrelay.RulesOfThumbTest"),
                UnitTests.row(
                        "A30",
                        "addresses, each from one constructor",
                        "wire",
                        "io.peerup.wire.MultiaddrTest",
                        "io.peerup.wire.MultiaddrVectorsTest"),
                UnitTests.row("B18", "groups and depth at the codec", "wire", "io.peerup.wire.ProtobufTest"),
                UnitTests.row("B19", "tags and aliases at the reader", "host", "io.peerup.host.config.HostileYamlTest"),
                UnitTests.row(
                        "B24",
                        "no counter twice",
                        "noise",
                        "io.peerup.noise.CipherStateTest",
                        "io.peerup.noise.NoiseVectorTest"));
    }

    private static Row row(String id, String title, String expected, Row.Attack attack) {
        return new Row(id, title, Group.LIBRARIES, expected, attack).inASiege(Row.Part.NONE);
    }

    private void wycheproof(String file, KeyType type) throws Exception {
        JsonObject vectors = JsonParser.parseString(Files.readString(WYCHEPROOF.resolve(file)))
                .getAsJsonObject();
        int judged = 0;
        for (JsonElement group : vectors.getAsJsonArray("testGroups")) {
            PublicKey key = key(type, group.getAsJsonObject());
            for (JsonElement each : group.getAsJsonObject().getAsJsonArray("tests")) {
                JsonObject test = each.getAsJsonObject();
                String verdict = test.get("result").getAsString();
                if (!verdict.equals("acceptable")) {
                    assertThat(verifier.accepts(key, hex(test, "msg"), hex(test, "sig")))
                            .as("%s %s: %s", file, test.get("tcId"), test.get("comment"))
                            .isEqualTo(verdict.equals("valid"));
                    judged++;
                }
            }
        }
        assertThat(judged).isGreaterThan(vectors.get("numberOfTests").getAsInt() - 2);
    }

    /** bc-java issue 1599, CVE-2024-30172. */
    private void endless() throws Exception {
        byte[] key = HexFormat.of().parseHex("386e7cf7b9e8353933b07f1db8d84d3720bb667cbd811b312b4e338672338a6d");
        byte[] message = HexFormat.of()
                .parseHex("414141624c6743596c6f414141514943486e6a4a71326a75705455472d5a36694d716871313467414854486f"
                        + "64757677694844664f594a3230775f77426c6e35444a3953614e616353496835336b626e716e723965ef34c5");
        byte[] signature = Base64.getDecoder()
                .decode("dNxDIj/CG5FX5oahRGYhpGQEZLjuSHfqfjljy12oshuQiSQd791/NkSOxMdhdK8TGZQyHafihIOzwqeQaUf6Dw==");
        PublicKey crafted = PublicKey.fromRaw(KeyType.ED25519, key);
        byte[] spki = Bytes.join(HexFormat.of().parseHex("302a300506032b6570032100"), key);
        Signature jdk = Signature.getInstance("Ed25519");
        jdk.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
        jdk.update(message);
        boolean expected = jdk.verify(signature);
        Assertions.assertTimeoutPreemptively(
                WATCHDOG,
                () -> assertThat(verifier.accepts(crafted, message, signature)).isEqualTo(expected));
        byte[] broken = signature.clone();
        broken[40] ^= 1;
        Assertions.assertTimeoutPreemptively(
                WATCHDOG,
                () -> assertThat(verifier.accepts(crafted, message, broken)).isFalse());
    }

    private static void halves() throws Exception {
        byte[] mine = Identity.generate().toProtobuf();
        byte[] theirs = Identity.generate().toProtobuf();
        System.arraycopy(theirs, theirs.length - PUBLIC_HALF, mine, mine.length - PUBLIC_HALF, PUBLIC_HALF);
        assertThatThrownBy(() -> Identity.fromProtobuf(mine))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.rule()).isEqualTo(WireRule.KEY_HALVES_DIFFER));
        assertThat(Identity.class.getMethods())
                .filteredOn(method -> method.getName().equals("sign"))
                .allSatisfy(method -> assertThat(method.getParameterTypes()).containsExactly(byte[].class))
                .isNotEmpty();
    }

    private static void noResolver() throws IOException {
        try (Stream<Path> shipped = Files.list(Target.LIBRARIES)) {
            assertThat(shipped.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("netty-codec-dns") || name.startsWith("netty-resolver-dns"))
                    .noneMatch(name -> name.startsWith("netty-codec-http2") || name.startsWith("netty-codec-http3"));
        }
    }

    private static PublicKey key(KeyType type, JsonObject group) throws ProtocolViolation {
        return switch (type) {
            case ED25519 -> PublicKey.fromRaw(type, hex(group.getAsJsonObject("publicKey"), "pk"));
            case SECP256K1 ->
                PublicKey.fromRaw(type, compressed(hex(group.getAsJsonObject("publicKey"), "uncompressed")));
            case ECDSA, RSA -> PublicKey.fromRaw(type, hex(group, "publicKeyDer"));
        };
    }

    private static byte[] compressed(byte[] point) {
        byte[] compressed = Arrays.copyOf(point, 33);
        compressed[0] = (byte) (2 + (point[point.length - 1] & 1));
        return compressed;
    }

    private static byte[] hex(JsonObject object, String name) {
        return HexFormat.of().parseHex(object.get(name).getAsString());
    }
}
