package io.peerup.interop;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.OneLine;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Our peer as a process of its own, told what to do in the lines of go-peer; knows a few of its commands. */
final class JavaPeerProgram {
    private static final long PATIENCE_SECONDS = 120;

    private final JavaPeer peer;

    private JavaPeerProgram(JavaPeer peer) {
        this.peer = peer;
    }

    /** An argument: what a stalled reader has not read is kept in memory. */
    static final String HOARD = "hoard";

    /** Starts the process, with the settings that a person's JVM has plus {@code jvmFlags}. */
    static PeerProcess start(List<String> jvmFlags, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), JavaPeerProgram.class.getName()));
        command.addAll(List.of(arguments));
        return PeerProcess.start(command, Path.of("target", "java-peer.log"));
    }

    /** Runs until its input ends. */
    public static void main(String[] arguments) throws Exception {
        try (JavaPeer peer = JavaPeer.start(Identity.generate())) {
            JavaPeerProgram program = new JavaPeerProgram(peer);
            peer.host().swarm().unhandle(TestProtocols.PERF);
            peer.host().swarm().handle(new Perf(JavaPeerProgram::tell));
            if (List.of(arguments).contains(HOARD)) {
                peer.protocols().hoard(peer.host().swarm());
            }
            JsonObject ready = event("ready");
            ready.addProperty("peer", peer.id().toString());
            ready.add("addrs", PeerProcess.texts(List.of(peer.address())));
            ready.addProperty("version", "ours");
            print(ready);
            program.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
    }

    private void obey(BufferedReader requests) throws IOException {
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            JsonObject request = JsonParser.parseString(line).getAsJsonObject();
            Thread.ofVirtual().start(() -> answer(request));
        }
    }

    private void answer(JsonObject request) {
        JsonObject answer;
        try {
            answer = run(request.get("cmd").getAsString(), request);
            answer.addProperty("ok", true);
        } catch (Exception failed) {
            answer = new JsonObject();
            answer.addProperty("ok", false);
            answer.addProperty("error", OneLine.of(failed));
        }
        answer.add("id", request.get("id"));
        print(answer);
    }

    private JsonObject run(String command, JsonObject request) throws Exception {
        switch (command) {
            case "connect" -> {
                Multiaddr address = Multiaddr.parse(request.get("addr").getAsString());
                peer.connect(address.peerId().orElseThrow(), address.withoutPeerId());
            }
            case "perf" -> {
                return perf(
                        PeerId.parse(request.get("peer").getAsString()),
                        request.get("up").getAsLong(),
                        request.get("down").getAsLong());
            }
            case "unstall" -> peer.protocols().unstall();
            default -> throw new IOException("unknown command " + command);
        }
        return new JsonObject();
    }

    private JsonObject perf(PeerId other, long up, long down) throws Exception {
        Perf.Came came = peer.host()
                .swarm()
                .openStream(
                        other,
                        List.of(TestProtocols.PERF),
                        LimitedConnections.ALLOWED,
                        opened -> Perf.ask(opened.stream(), up, down))
                .thenCompose(result -> result)
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        JsonObject answer = new JsonObject();
        answer.addProperty("down", came.received());
        answer.addProperty("downSeconds", came.nanos() / 1e9);
        return answer;
    }

    private static void tell(Perf.Served served) {
        JsonObject event = event("perf");
        event.addProperty("received", served.received());
        event.addProperty("receivedMicros", TimeUnit.NANOSECONDS.toMicros(served.nanos()));
        print(event);
    }

    private static JsonObject event(String name) {
        JsonObject event = new JsonObject();
        event.addProperty("event", name);
        return event;
    }

    private static synchronized void print(JsonObject line) {
        System.out.println(line);
    }
}
