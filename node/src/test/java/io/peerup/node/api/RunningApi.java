package io.peerup.node.api;

import io.peerup.node.api.client.DaemonClient;
import io.peerup.node.api.server.ApiServer;
import io.peerup.node.api.server.ApiSocket;
import io.peerup.swarm.strands.VirtualStrands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A fake daemon behind a real socket. */
public final class RunningApi implements AutoCloseable {
    public final FakeDaemon daemon = new FakeDaemon();
    public final ApiFiles files;
    public final ApiServer server;

    private RunningApi(Path directory) throws IOException {
        files = new ApiFiles(directory);
        server = ApiServer.serve(ApiSocket.claim(directory), daemon, new VirtualStrands());
    }

    public static RunningApi in(Path directory) throws IOException {
        return new RunningApi(directory);
    }

    /** Our own client. */
    public DaemonClient client() throws ApiProblem {
        return DaemonClient.connect(files.directory()).orElseThrow();
    }

    /** Anybody's client. */
    public RawClient raw() throws IOException {
        return RawClient.to(files.socket());
    }

    /** The whole answer to a request of the owner, head and body. */
    public String answerTo(String method, String target, String body, String... headers) throws IOException {
        try (RawClient client = raw()) {
            client.send(request(method, target, body, headers));
            return client.readAll();
        }
    }

    /** Its body only. */
    public String bodyOf(String method, String target, String body, String... headers) throws IOException {
        return answerTo(method, target, body, headers).split("\r\n\r\n", 2)[1];
    }

    /** A request with the cookie, which asks for the connection to be closed. */
    public String request(String method, String target, String body, String... headers) throws IOException {
        return method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + authorization()
                + String.join(
                        "",
                        java.util.Arrays.stream(headers).map(h -> h + "\r\n").toList())
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    public String authorization() throws IOException {
        return "Authorization: Bearer " + Files.readString(files.cookie()) + "\r\n";
    }

    @Override
    public void close() {
        server.close();
    }
}
