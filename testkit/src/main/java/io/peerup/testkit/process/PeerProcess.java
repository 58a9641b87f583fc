package io.peerup.testkit.process;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A peer as a process that does what it is told, in the lines of {@code interop-tests/go-peer/README.md}. */
public final class PeerProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final BufferedWriter requests;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
    private final CompletableFuture<JsonObject> ready = new CompletableFuture<>();
    private final List<JsonObject> events = new ArrayList<>();

    private PeerProcess(Process process) {
        this.process = process;
        this.requests = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name("peer-output").start(this::listen);
    }

    /** A command that failed; the message and fields are the peer's. */
    public static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient JsonObject answer;

        Failed(JsonObject answer) {
            super(answer.get("error").getAsString());
            this.answer = answer;
        }

        public JsonObject answer() {
            return answer;
        }
    }

    /** Starts a peer and waits until it is ready. */
    public static PeerProcess start(List<String> command, Path log) throws Exception {
        PeerProcess peer = new PeerProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
        peer.ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return peer;
    }

    public PeerId id() throws ProtocolViolation {
        return PeerId.parse(ready.join().get("peer").getAsString());
    }

    /** Where it listens, with {@code /p2p}. */
    public Multiaddr address() throws ProtocolViolation {
        return Multiaddr.parse(ready.join().getAsJsonArray("addrs").get(0).getAsString());
    }

    /** What it is built with. */
    public String version() {
        return ready.join().get("version").getAsString();
    }

    /** Begins a command. */
    public CompletableFuture<JsonObject> begin(String command, Map<String, ?> arguments) throws IOException {
        JsonObject request = new JsonObject();
        int id = lastId.incrementAndGet();
        request.addProperty("id", id);
        request.addProperty("cmd", command);
        arguments.forEach((name, value) -> {
            switch (value) {
                case Number number -> request.addProperty(name, number);
                case Boolean flag -> request.addProperty(name, flag);
                case Collection<?> list -> request.add(name, texts(list));
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
    public JsonObject run(String command, Map<String, ?> arguments) throws Exception {
        return result(begin(command, arguments));
    }

    public static JsonObject result(CompletableFuture<JsonObject> answer)
            throws InterruptedException, TimeoutException, ExecutionException, Failed {
        JsonObject line = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!line.get("ok").getAsBoolean()) {
            throw new Failed(line);
        }
        return line;
    }

    /** Waits for an event, and takes it: the next call finds another one. */
    public JsonObject event(String name, Predicate<JsonObject> wanted, long patienceSeconds)
            throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
        synchronized (events) {
            while (true) {
                JsonObject found = take(name, wanted);
                if (found != null) {
                    return found;
                }
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("no event " + name + " within " + patienceSeconds + " s");
                }
                events.wait(left);
            }
        }
    }

    /** Stops the process where it is: its sockets stay open, and nobody answers. */
    public void suspend() throws IOException, InterruptedException {
        Commands.run(Path.of("."), List.of("kill", "-STOP", Long.toString(pid())));
    }

    /** Lets a suspended process go on. */
    public void resume() throws IOException, InterruptedException {
        Commands.run(Path.of("."), List.of("kill", "-CONT", Long.toString(pid())));
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        requests.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable JsonObject take(String name, Predicate<JsonObject> wanted) {
        for (Iterator<JsonObject> each = events.iterator(); each.hasNext(); ) {
            JsonObject event = each.next();
            if (event.get("event").getAsString().equals(name) && wanted.test(event)) {
                each.remove();
                return event;
            }
        }
        return null;
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                receive(JsonParser.parseString(line).getAsJsonObject());
            }
            end(new IOException("the peer's process ended"));
        } catch (IOException broken) {
            end(broken);
        } catch (JsonParseException wrong) {
            end(new IOException("the peer printed something else than its lines", wrong));
        }
    }

    private void receive(JsonObject message) {
        JsonElement id = message.get("id");
        if (id != null) {
            CompletableFuture<JsonObject> answer = waiting.remove(id.getAsInt());
            if (answer != null) {
                answer.complete(message);
            }
        } else if (message.get("event").getAsString().equals("ready")) {
            ready.complete(message);
        } else {
            synchronized (events) {
                events.add(message);
                events.notifyAll();
            }
        }
    }

    private void end(IOException why) {
        ready.completeExceptionally(why);
        waiting.values().forEach(answer -> answer.completeExceptionally(why));
    }

    public static JsonArray texts(Collection<?> list) {
        JsonArray array = new JsonArray();
        list.forEach(each -> array.add(each.toString()));
        return array;
    }
}
