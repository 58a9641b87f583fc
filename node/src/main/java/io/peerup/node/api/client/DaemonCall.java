package io.peerup.node.api.client;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One request, and its answer to be read as a whole or line by line. */
final class DaemonCall implements Closeable {
    private static final int MAX_WHOLE_BYTES = 16 * 1024 * 1024;
    private static final int MAX_LINE_BYTES = 64 * 1024;
    private static final int OK = 200;

    private final UnixConnection connection;
    private final int status;
    private final InputStream body;

    private DaemonCall(UnixConnection connection, int status, InputStream body) {
        this.connection = connection;
        this.status = status;
        this.body = body;
    }

    /** What to ask. */
    record Question(String method, String target, String body) {
        private byte[] bytes(String cookie) {
            return (method + " " + target + " HTTP/1.1\r\n"
                            + "Host: peerup\r\n"
                            + "Authorization: Bearer " + cookie + "\r\n"
                            + "Connection: close\r\n"
                            + "Content-Type: application/json\r\n"
                            + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n"
                            + body)
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * Asks, and waits for the head of the answer.
     *
     * @param patience for each wait, also later for the body; zero for ever
     */
    static DaemonCall send(Path socket, String cookie, Question question, Duration patience) throws IOException {
        UnixConnection connection = UnixConnection.open(socket, patience);
        try {
            write(connection, question.bytes(cookie));
            InputStream in = new BufferedInputStream(connection.input());
            HttpHead head = HttpHead.read(in);
            return new DaemonCall(connection, head.status(), head.body(in));
        } catch (IOException | RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    boolean isOk() {
        return status == OK;
    }

    int status() {
        return status;
    }

    String whole() throws IOException {
        byte[] bytes = body.readNBytes(MAX_WHOLE_BYTES + 1);
        if (bytes.length > MAX_WHOLE_BYTES) {
            throw new IOException("its answer is too long");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The next line; empty at the end. */
    Optional<String> line() throws IOException {
        int first = body.read();
        return first < 0 ? Optional.empty() : Optional.of((char) first + HttpHead.line(body, MAX_LINE_BYTES));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    /** A daemon that refuses a request early does not read the rest, but what it answered can be read. */
    private static void write(UnixConnection connection, byte[] request) {
        try {
            connection.write(ByteBuffer.wrap(request));
        } catch (IOException notAllOfIt) {
            // reading tells more
        }
    }
}
