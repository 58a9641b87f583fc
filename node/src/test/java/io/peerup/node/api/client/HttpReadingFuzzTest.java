package io.peerup.node.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever listens at the socket: its answer has a status of three digits and a body that it sent, or is no HTTP. */
class HttpReadingFuzzTest {
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                        "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\n\r\n",
                        "HTTP/1.1 4294967496 OK\r\nContent-Length: 0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest
    void anAnswerIsReadOrRefused(byte[] bytes) {
        InputStream in = new ByteArrayInputStream(bytes);
        try {
            HttpHead head = HttpHead.read(in);
            assertThat(head.status()).isBetween(100, 999);
            byte[] body = head.body(in).readAllBytes();
            assertThat(body.length).isLessThan(bytes.length);
            String sent = new String(bytes, StandardCharsets.ISO_8859_1);
            assertThat(body.length == 0 || sent.indexOf((char) Byte.toUnsignedInt(body[0])) >= 0)
                    .isTrue();
        } catch (IOException refused) {
            assertThat(refused.getMessage()).matches("it broke off|its answer is no HTTP");
        }
    }
}
