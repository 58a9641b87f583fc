package io.peerup.interop;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A go-libp2p peer as a process that does what it is told; see {@code go-peer/README.md} for the commands. */
final class GoPeer implements AutoCloseable {
    private static final Path SOURCE = Path.of("go-peer").toAbsolutePath();
    private static final long PATIENCE_SECONDS = 120;
    private static final Map<GoVersion, Path> BUILT = new EnumMap<>(GoVersion.class);

    private final Process process;
    private final BufferedWriter requests;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
    private final CompletableFuture<JsonObject> ready = new CompletableFuture<>();

    private GoPeer(Process process) {
        this.process = process;
        this.requests = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name("go-peer-output").start(this::listen);
    }

    /** A command that failed; the message and fields are go's. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient JsonObject answer;

        Failed(JsonObject answer) {
            super(answer.get("error").getAsString());
            this.answer = answer;
        }

        JsonObject answer() {
            return answer;
        }
    }

    static GoPeer start(GoVersion version, String... flags) throws Exception {
        List<String> command = new ArrayList<>(List.of(binary(version).toString()));
        command.addAll(List.of(flags));
        Path log = Path.of("target", "go-peer-" + version.release() + ".log");
        GoPeer peer = new GoPeer(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
        String release = peer.ready
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .get("version")
                .getAsString();
        if (!release.equals(version.release())) {
            throw new IllegalStateException("built with " + release + " instead of " + version.release());
        }
        return peer;
    }

    PeerId id() throws ProtocolViolation {
        return PeerId.parse(ready.join().get("peer").getAsString());
    }

    /** Where it listens, with {@code /p2p}. */
    Multiaddr address() throws ProtocolViolation {
        return Multiaddr.parse(ready.join().getAsJsonArray("addrs").get(0).getAsString());
    }

    /** Begins a command. */
    CompletableFuture<JsonObject> begin(String command, Map<String, ?> arguments) throws IOException {
        JsonObject request = new JsonObject();
        int id = lastId.incrementAndGet();
        request.addProperty("id", id);
        request.addProperty("cmd", command);
        arguments.forEach((name, value) -> {
            switch (value) {
                case Number number -> request.addProperty(name, number);
                case Boolean flag -> request.addProperty(name, flag);
                default -> request.addProperty(name, value.toString());
            }
        });
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        synchronized (requests) {
            requests.write(request + "\n");
            requests.flush();
        }
        return answer;
    }

    /** Runs a command and waits for what came of it. */
    JsonObject run(String command, Map<String, ?> arguments) throws Exception {
        return result(begin(command, arguments));
    }

    static JsonObject result(CompletableFuture<JsonObject> answer)
            throws InterruptedException, TimeoutException, ExecutionException, Failed {
        JsonObject line = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!line.get("ok").getAsBoolean()) {
            throw new Failed(line);
        }
        return line;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        requests.close();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonObject message = JsonParser.parseString(line).getAsJsonObject();
                JsonElement id = message.get("id");
                if (id != null) {
                    CompletableFuture<JsonObject> answer = waiting.remove(id.getAsInt());
                    if (answer != null) {
                        answer.complete(message);
                    }
                } else if (message.get("event").getAsString().equals("ready")) {
                    ready.complete(message);
                }
            }
            end(new IOException("go-peer ended"));
        } catch (IOException broken) {
            end(broken);
        }
    }

    private void end(IOException why) {
        ready.completeExceptionally(why);
        waiting.values().forEach(answer -> answer.completeExceptionally(why));
    }

    private static synchronized Path binary(GoVersion version) throws IOException, InterruptedException {
        Path built = BUILT.get(version);
        if (built == null) {
            Requirements.go();
            built = Path.of("target", "go-peer-" + version.release()).toAbsolutePath();
            Files.createDirectories(built.getParent());
            List<String> command = new ArrayList<>(List.of("go", "build"));
            command.add("-modfile=" + version.modFile());
            command.addAll(List.of("-o", built.toString(), "."));
            Commands.run(SOURCE, command);
            BUILT.put(version, built);
        }
        return built;
    }
}
