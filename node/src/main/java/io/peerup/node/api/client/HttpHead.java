package io.peerup.node.api.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The head of an answer.
 *
 * @param headers names in lower case
 */
record HttpHead(int status, Map<String, String> headers) {
    private static final int MAX_LINE = 8192;
    private static final int MAX_HEADERS = 64;

    /** Reads a head and leaves the stream where the body begins. */
    static HttpHead read(InputStream in) throws IOException {
        String[] statusLine = line(in, MAX_LINE).split(" ", 3);
        if (statusLine.length < 2 || !statusLine[0].startsWith("HTTP/1.")) {
            throw notHttp();
        }
        Map<String, String> headers = new HashMap<>();
        int lines = 0;
        for (String line = line(in, MAX_LINE); !line.isEmpty(); line = line(in, MAX_LINE)) {
            int colon = line.indexOf(':');
            if (colon < 0 || lines++ == MAX_HEADERS) {
                throw notHttp();
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        return new HttpHead(status(statusLine[1]), headers);
    }

    /** The body that follows. */
    HttpBody body(InputStream in) throws IOException {
        boolean chunked = headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked");
        String length = headers.get("content-length");
        if (!chunked && length == null) {
            throw notHttp();
        }
        return new HttpBody(in, chunked, length == null ? 0 : number(length));
    }

    /** A line without its end, of at most so many bytes. */
    static String line(InputStream in, int maxBytes) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("it broke off");
            }
            if (line.size() == maxBytes) {
                throw notHttp();
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Three digits: a longer number must not become a status by being cut. */
    private static int status(String text) throws IOException {
        if (!text.matches("[1-9][0-9]{2}")) {
            throw notHttp();
        }
        return Integer.parseInt(text);
    }

    private static long number(String text) throws IOException {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException garbage) {
            throw notHttp();
        }
    }

    private static IOException notHttp() {
        return new IOException("its answer is no HTTP");
    }
}
