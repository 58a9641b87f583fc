package io.peerup.node.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.peerup.relay.program.CommandFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/** The web page at home: a text that nobody else can know, and some random megabytes. */
final class DemoPage {
    private static final int MEGABYTES = 16;

    /** Within what a relay carries by default; a young JVM is slow at first. */
    private static final int ROUNDS = 3;

    private static final int BYTES_PER_MEGABYTE = 1_000_000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpServer server;
    private final ExecutorService threads;
    private final byte[] html;
    private final byte[] bytes;

    private DemoPage(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
        this.html = """
                <!doctype html>
                <title>home</title>
                <h1>Hello from home</h1>
                <p>Only home serves this page, on its loopback. It came through home's daemon, the relay and laptop's
                daemon, encrypted from daemon to daemon.</p>
                <p>%s</p>
                """.formatted(UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
        this.bytes = new byte[MEGABYTES * BYTES_PER_MEGABYTE];
        RandomGenerator.getDefault().nextBytes(bytes);
    }

    /** What came through, and how fast at best. */
    record Fetched(double pageMillis, int rounds, int megabytes, double megabytesPerSecond) {}

    static DemoPage serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        DemoPage page = new DemoPage(server, threads);
        server.createContext("/", exchange -> answer(exchange, "text/html; charset=utf-8", page.html));
        server.createContext("/bytes", exchange -> answer(exchange, "application/octet-stream", page.bytes));
        server.setExecutor(threads);
        server.start();
        return page;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Fetches both through the proxy; fails unless they are what is served here. */
    Fetched fetchAndCheck(String url) throws IOException, CommandFailed, InterruptedException {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            long begun = System.nanoTime();
            require(html, fetch(browser, url), "the page");
            double pageMillis = (System.nanoTime() - begun) / NANOS_PER_MILLI;
            double best = 0;
            for (int round = 0; round < ROUNDS; round++) {
                begun = System.nanoTime();
                require(bytes, fetch(browser, url + "bytes"), MEGABYTES + " MB");
                best = Math.max(best, MEGABYTES / ((System.nanoTime() - begun) / NANOS_PER_SECOND));
            }
            return new Fetched(pageMillis, ROUNDS, MEGABYTES, best);
        }
    }

    void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static byte[] fetch(HttpClient browser, String url) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
        return browser.send(request, BodyHandlers.ofByteArray()).body();
    }

    private static void require(byte[] served, byte[] fetched, String what) throws CommandFailed {
        if (!Arrays.equals(served, fetched)) {
            throw new CommandFailed(what + " came back changed: " + fetched.length + " bytes of " + served.length);
        }
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
