package io.peerup.benchmarks.peer;

import com.google.gson.JsonObject;
import io.peerup.benchmarks.peer.netty.Echo;
import io.peerup.benchmarks.peer.netty.OneByte;
import io.peerup.benchmarks.peer.netty.RoundTrips;
import io.peerup.circuitrelay.CircuitAddress;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.ReservationState;
import io.peerup.circuitrelay.StaticRelay;
import io.peerup.host.Host;
import io.peerup.host.HostConfig;
import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.ConnectionGater;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.SwarmConfig;
import io.peerup.swarm.limits.ResourceLimits;
import io.peerup.testkit.perf.netty.Perf;
import io.peerup.testkit.process.Orders;
import io.peerup.testkit.process.ProcessMemory;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Our peer in a process of its own: takes the orders of go-peer that a measurement needs, with the same names, parameters
 * and answers. Its limits are lifted as go-peer's are. With the argument {@code relay} it relays, too, without limit.
 */
public final class BenchmarkPeer {
    private static final long PATIENCE_SECONDS = 120;
    private static final int EVENT_LOOPS = 2;
    private static final int MAX_RESERVATIONS = 1024;

    private final Host host;

    private BenchmarkPeer(Host host) {
        this.host = host;
    }

    /** Runs until its input ends. */
    public static void main(String[] arguments) throws Exception {
        Host host =
                Host.start(config(Identity.generate(), List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0")), EVENT_LOOPS));
        host.swarm().handle(new Echo());
        host.swarm().handle(new Perf(BenchmarkPeer::tell));
        if (List.of(arguments).contains("relay")) {
            host.serveRelay(RelayLimits.defaults()
                    .withReservations(MAX_RESERVATIONS, MAX_RESERVATIONS, Duration.ofHours(1))
                    .withCircuits(MAX_RESERVATIONS, Optional.empty()));
        }
        BenchmarkPeer peer = new BenchmarkPeer(host);
        Orders.ready(
                host.peerId(),
                List.of(host.swarm().selfAddresses().listening().getFirst().withPeerId(host.peerId())));
        Orders.obey(Map.of(
                "connect", peer::connect,
                "perf", peer::perf,
                "bench-streams", peer::streams,
                "bench-echo", peer::roundTrips,
                "bench-handshakes", BenchmarkPeer::handshakes,
                "reserve", peer::reserve,
                "connect-via", peer::connectVia,
                "gc", BenchmarkPeer::collectGarbage));
        host.close(Duration.ZERO);
    }

    private static HostConfig config(Identity identity, List<Multiaddr> listen, int eventLoops) {
        return new HostConfig(
                identity,
                listen,
                ConnectionGater.open(),
                "benchmark/1",
                eventLoops,
                SwarmConfig.defaults().withLimits(ResourceLimits.unlimited()),
                YamuxConfig.defaults().withMaxInboundStreams(100_000));
    }

    private JsonObject connect(JsonObject request) throws Exception {
        Multiaddr address = Multiaddr.parse(request.get("addr").getAsString());
        return dial(address.peerId().orElseThrow(), address.withoutPeerId());
    }

    private JsonObject connectVia(JsonObject request) throws Exception {
        Multiaddr relay = Multiaddr.parse(request.get("relay").getAsString());
        return dial(
                peer(request),
                CircuitAddress.through(relay.withoutPeerId(), relay.peerId().orElseThrow()));
    }

    private JsonObject dial(PeerId peer, Multiaddr address) throws Exception {
        DialOutcome outcome = await(host.swarm().dial(peer, List.of(address)));
        if (!(outcome instanceof DialOutcome.Connected)) {
            throw new IOException(outcome.toString());
        }
        return new JsonObject();
    }

    private JsonObject reserve(JsonObject request) throws Exception {
        BlockingQueue<ReservationState> states = new LinkedBlockingQueue<>();
        host.keepReservations(
                StaticRelay.of(List.of(Multiaddr.parse(request.get("relay").getAsString()))),
                (relay, state) -> states.add(state));
        while (true) {
            ReservationState state = states.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (state instanceof ReservationState.Reserved) {
                return new JsonObject();
            }
            if (!(state instanceof ReservationState.Connecting)) {
                throw new IOException("no reservation: " + state);
            }
        }
    }

    private JsonObject perf(JsonObject request) throws Exception {
        long up = request.get("up").getAsLong();
        long down = request.get("down").getAsLong();
        Perf.Came came = await(open(request, Perf.PROTOCOL, stream -> Perf.ask(stream, up, down)));
        JsonObject answer = new JsonObject();
        answer.addProperty("down", came.received());
        answer.addProperty("downSeconds", came.nanos() / 1e9);
        return answer;
    }

    private JsonObject streams(JsonObject request) throws Exception {
        return Repeated.run(
                request.get("n").getAsInt(),
                request.get("concurrency").getAsInt(),
                worker -> open(request, Echo.PROTOCOL, OneByte::echo));
    }

    private JsonObject roundTrips(JsonObject request) throws Exception {
        int count = request.get("n").getAsInt();
        int bytes = request.get("bytes").getAsInt();
        long[] nanos = await(open(request, Echo.PROTOCOL, stream -> RoundTrips.echo(stream, count, bytes)));
        Arrays.sort(nanos);
        JsonObject answer = new JsonObject();
        answer.addProperty("p50Micros", nanos[(count - 1) / 2] / 1e3);
        answer.addProperty("p99Micros", nanos[(int) ((count - 1) * 99L / 100)] / 1e3);
        return answer;
    }

    private static JsonObject handshakes(JsonObject request) throws Exception {
        Multiaddr address = Multiaddr.parse(request.get("addr").getAsString());
        PeerId peer = address.peerId().orElseThrow();
        List<Dialer> dialers = new ArrayList<>();
        try {
            for (int worker = 0; worker < request.get("concurrency").getAsInt(); worker++) {
                dialers.add(new Dialer(Host.assemble(config(Identity.generate(), List.of(), 1))));
            }
            return Repeated.run(
                    request.get("n").getAsInt(),
                    dialers.size(),
                    worker -> dialers.get(worker).once(peer, address.withoutPeerId()));
        } finally {
            dialers.forEach(Dialer::close);
        }
    }

    private static JsonObject collectGarbage(JsonObject request) throws IOException {
        System.gc();
        JsonObject answer = new JsonObject();
        answer.addProperty("rssKb", ProcessMemory.rssKib(ProcessHandle.current().pid()));
        return answer;
    }

    private <T> CompletionStage<T> open(
            JsonObject request, ProtocolId protocol, Function<MuxedStream, CompletionStage<T>> attach) {
        try {
            return host.swarm()
                    .openStream(
                            peer(request),
                            List.of(protocol),
                            LimitedConnections.ALLOWED,
                            opened -> attach.apply(opened.stream()))
                    .thenCompose(result -> result);
        } catch (ProtocolViolation wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private static PeerId peer(JsonObject request) throws ProtocolViolation {
        return PeerId.parse(request.get("peer").getAsString());
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void tell(Perf.Served served) {
        JsonObject event = Orders.event("perf");
        event.addProperty("received", served.received());
        event.addProperty("receivedMicros", TimeUnit.NANOSECONDS.toMicros(served.nanos()));
        Orders.print(event);
    }
}
