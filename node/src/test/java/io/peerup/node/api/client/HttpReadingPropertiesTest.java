package io.peerup.node.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HttpReadingPropertiesTest {
    /** Any other exception fails the property. */
    @Property
    void whateverComesIsReadOrRefused(@ForAll("almostHttp") String text) {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try {
            byte[] body = HttpHead.read(in).body(in).readAllBytes();
            assertThat(body.length).isLessThan(text.length());
        } catch (IOException refused) {
            assertThat(refused.getMessage()).matches("it broke off|its answer is no HTTP");
        }
    }

    @Property
    void aBodyInChunksIsTheBody(@ForAll byte[] content, @ForAll byte chunk) throws IOException {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int size = Math.max(1, Math.abs((int) chunk));
        StringBuilder chunks = new StringBuilder();
        for (int at = 0; at < text.length(); at += size) {
            String part = text.substring(at, Math.min(text.length(), at + size));
            chunks.append(Integer.toHexString(part.length()))
                    .append("\r\n")
                    .append(part)
                    .append("\r\n");
        }
        InputStream in = new ByteArrayInputStream((chunks + "0\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));

        assertThat(new HttpBody(in, true, 0).readAllBytes()).isEqualTo(content);
    }

    @Provide
    Arbitrary<String> almostHttp() {
        return Arbitraries.of(
                        "HTTP/1.1 200 OK\r\n",
                        "HTTP/1.1 ",
                        "\r\n",
                        "\n",
                        "Content-Length: 5\r\n",
                        "Content-Length: -1\r\n",
                        "Content-Length: 99999999999999999999\r\n",
                        "Transfer-Encoding: chunked\r\n",
                        "\r\n5\r\nabcde\r\n",
                        "-5\r\n",
                        "ffffffff\r\n",
                        "0\r\n\r\n",
                        ":",
                        " ",
                        "x")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
