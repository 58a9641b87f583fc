package io.peerup.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.peerup.wire.ProtocolViolation;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Handshakes of the implementation that go-libp2p uses, of cacophony and of snow, byte by byte, and C2SP Wycheproof's
 * verdicts on the primitives.
 */
class NoiseVectorTest {
    static List<JsonObject> vectors() {
        return Stream.of("flynn", "cacophony", "snow")
                .flatMap(author ->
                        objects(resource("/" + author + "-noise-xx.json").getAsJsonArray("vectors")).stream())
                .toList();
    }

    @Test
    void everyAuthorHasVectors() {
        assertThat(vectors()).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theHandshakeAndTheMessagesAfterItAreTheVectors(JsonObject vector) throws ProtocolViolation {
        List<JsonObject> messages = objects(vector.getAsJsonArray("messages"));
        byte[] prologue = hex(vector, "init_prologue");
        KeyPair initiatorStatic = KeyPair.of(hex(vector, "init_static"));
        KeyPair responderStatic = KeyPair.of(hex(vector, "resp_static"));

        XxInitiator.Begun first = XxInitiator.begin(
                initiatorStatic, KeyPair.of(hex(vector, "init_ephemeral")), prologue, hex(messages.get(0), "payload"));
        assertThat(first.message()).isEqualTo(hex(messages.get(0), "ciphertext"));

        XxResponder.FirstRead firstRead = XxResponder.begin(
                        responderStatic, KeyPair.of(hex(vector, "resp_ephemeral")), hex(vector, "resp_prologue"))
                .read(first.message());
        assertThat(firstRead.payload()).isEqualTo(hex(messages.get(0), "payload"));
        XxResponder.Answered second = firstRead.next().write(hex(messages.get(1), "payload"));
        assertThat(second.message()).isEqualTo(hex(messages.get(1), "ciphertext"));

        XxInitiator.SecondRead secondRead = first.next().read(second.message());
        assertThat(secondRead.payload()).isEqualTo(hex(messages.get(1), "payload"));
        assertThat(secondRead.remoteStatic()).isEqualTo(responderStatic.publicKey());
        XxInitiator.Concluded initiator = secondRead.next().write(hex(messages.get(2), "payload"));
        assertThat(initiator.message()).isEqualTo(hex(messages.get(2), "ciphertext"));

        XxResponder.Concluded responder = second.next().read(initiator.message());
        assertThat(responder.payload()).isEqualTo(hex(messages.get(2), "payload"));
        assertThat(responder.remoteStatic()).isEqualTo(initiatorStatic.publicKey());
        assertThat(initiator.transcript()).isEqualTo(responder.transcript());
        if (vector.has("handshake_hash")) {
            assertThat(initiator.transcript()).isEqualTo(hex(vector, "handshake_hash"));
        }

        for (int i = 3; i < messages.size(); i++) {
            boolean byInitiator = i % 2 == 0;
            byte[] payload = hex(messages.get(i), "payload");
            byte[] expected = hex(messages.get(i), "ciphertext");
            byte[] data = Arrays.copyOf(payload, payload.length + CipherState.TAG_BYTES);
            CipherState seals = byInitiator
                    ? initiator.ciphers().initiator()
                    : responder.ciphers().responder();
            CipherState opens = byInitiator
                    ? responder.ciphers().initiator()
                    : initiator.ciphers().responder();
            assertThat(seals.sealInPlace(data, 0, payload.length)).isEqualTo(expected.length);
            assertThat(data).isEqualTo(expected);
            assertThat(opens.openInPlace(data, 0, data.length)).isEqualTo(payload.length);
            assertThat(Arrays.copyOf(data, payload.length)).isEqualTo(payload);
        }
    }

    @EnumSource
    @ParameterizedTest
    void wycheproofAgreesOnEverySealedMessage(CryptoProvider provider) {
        int checked = 0;
        for (JsonObject group :
                objects(resource("/wycheproof/chacha20_poly1305_test.json").getAsJsonArray("testGroups"))) {
            if (group.get("ivSize").getAsInt() != 96) {
                continue;
            }
            for (JsonObject test : objects(group.getAsJsonArray("tests"))) {
                byte[] iv = hex(test, "iv");
                checked++;
                long counter = 0;
                for (int i = 11; i >= 4; i--) {
                    counter = (counter << 8) | (iv[i] & 0xff);
                }
                byte[] sealed = Messages.concat(hex(test, "ct"), hex(test, "tag"));
                byte[] opened = new byte[Math.max(0, sealed.length)];
                ChaChaPoly cipher = new ChaChaPoly(provider, hex(test, "key"), iv);
                boolean valid;
                try {
                    int length = cipher.open(counter, hex(test, "aad"), sealed, 0, sealed.length, opened, 0);
                    valid = Arrays.equals(Arrays.copyOf(opened, length), hex(test, "msg"));
                } catch (ProtocolViolation forged) {
                    valid = false;
                }
                assertThat(valid)
                        .as("test %s", test.get("tcId"))
                        .isEqualTo(test.get("result").getAsString().equals("valid"));
            }
        }
        assertThat(checked).isGreaterThan(250);
    }

    @EnumSource
    @ParameterizedTest
    void wycheproofAgreesOnEverySharedSecret(CryptoProvider provider) {
        int checked = 0;
        for (JsonObject group : objects(resource("/wycheproof/x25519_test.json").getAsJsonArray("testGroups"))) {
            for (JsonObject test : objects(group.getAsJsonArray("tests"))) {
                checked++;
                byte[] shared = hex(test, "shared");
                boolean zero = Arrays.equals(shared, new byte[32]);
                try {
                    byte[] agreed = KeyPair.of(provider, hex(test, "private")).agree(hex(test, "public"));
                    assertThat(agreed).as("test %s", test.get("tcId")).isEqualTo(shared);
                    assertThat(zero).isFalse();
                } catch (ProtocolViolation lowOrder) {
                    assertThat(lowOrder.rule()).isEqualTo(NoiseRule.LOW_ORDER_KEY);
                    assertThat(zero).as("test %s", test.get("tcId")).isTrue();
                }
            }
        }
        assertThat(checked).isGreaterThan(500);
    }

    private static JsonObject resource(String name) {
        var stream = Objects.requireNonNull(NoiseVectorTest.class.getResourceAsStream(name), name);
        return JsonParser.parseReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    private static List<JsonObject> objects(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static byte[] hex(JsonObject object, String field) {
        return HexFormat.of().parseHex(object.get(field).getAsString());
    }
}
