package io.peerup.node.api.server.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.peerup.node.api.ApiProblem;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends as a body: its fields have the types they should have, or one line says what is wrong. */
class RequestBodyFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"peer\":\"home\",\"count\":3,\"flag\":true}",
                        "{\"count\":1e999999999}",
                        "{\"count\":0e-999999999,\"peer\":null}",
                        "[".repeat(300))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void aFieldHasItsTypeOrOneLineSaysWhatIsWrong(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            RequestBody body = RequestBody.of(new ApiRequest("POST", "/v1/x", Map.of(), "", text));
            assertThat(body.text("peer")).isNotNull();
            body.number("count");
            body.flag("flag");
        } catch (ApiProblem problem) {
            assertThat(problem.getMessage()).startsWith("invalid request body").doesNotContain("\n");
        }
    }
}
