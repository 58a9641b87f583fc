package io.peerup.interop;

import com.google.gson.JsonObject;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.Swarm;
import io.peerup.testkit.perf.netty.Perf;
import io.peerup.testkit.process.Orders;
import io.peerup.testkit.process.PeerProcess;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Our peer as a process of its own, told what to do in the lines of go-peer; knows a few of its commands. */
public final class JavaPeerProgram {
    private static final long PATIENCE_SECONDS = 120;

    private final JavaPeer peer;

    private JavaPeerProgram(JavaPeer peer) {
        this.peer = peer;
    }

    /** An argument: what a stalled reader has not read is kept in memory. */
    static final String HOARD = "hoard";

    /** Starts the process, with the settings that a person's JVM has plus {@code jvmFlags}. */
    public static PeerProcess start(List<String> jvmFlags, String... arguments) throws Exception {
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
            peer.host().swarm().unhandle(Perf.PROTOCOL);
            peer.host().swarm().handle(new Perf(JavaPeerProgram::tell));
            if (List.of(arguments).contains(HOARD)) {
                peer.protocols().hoard(peer.host().swarm());
            }
            Orders.ready(peer.id(), List.of(peer.address()));
            Orders.obey(Map.of(
                    "connect", program::connect,
                    "perf", program::perf,
                    "unstall", program::unstall,
                    "addresses", program::addresses));
        }
    }

    private JsonObject connect(JsonObject request) throws Exception {
        Multiaddr address = Multiaddr.parse(request.get("addr").getAsString());
        peer.connect(address.peerId().orElseThrow(), address.withoutPeerId());
        return new JsonObject();
    }

    private JsonObject unstall(JsonObject request) {
        peer.protocols().unstall();
        return new JsonObject();
    }

    private JsonObject perf(JsonObject request) throws Exception {
        long up = request.get("up").getAsLong();
        long down = request.get("down").getAsLong();
        Perf.Came came = peer.host()
                .swarm()
                .openStream(
                        PeerId.parse(request.get("peer").getAsString()),
                        List.of(Perf.PROTOCOL),
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

    /** What is believed of where a peer is. */
    private JsonObject addresses(JsonObject request) throws Exception {
        Swarm swarm = peer.host().swarm();
        PeerId other = PeerId.parse(request.get("peer").getAsString());
        JsonObject answer = new JsonObject();
        answer.add(
                "addrs",
                PeerProcess.texts(
                        swarm.addressBook().addresses(other, swarm.strands().nanoTime())));
        return answer;
    }

    private static void tell(Perf.Served served) {
        JsonObject event = Orders.event("perf");
        event.addProperty("received", served.received());
        event.addProperty("receivedMicros", TimeUnit.NANOSECONDS.toMicros(served.nanos()));
        Orders.print(event);
    }
}
