package io.peerup.node.api;

import io.peerup.node.api.ApiProblem.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A daemon without a network. It knows one peer, "home", and writes down what becomes of the calls. */
public final class FakeDaemon implements DaemonApi {
    public static final String HOME = "12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB";
    public static final String RELAY = "12D3KooWCd3eX8r5ihRvzK7P1yPq5aakaBJhG5GNj18YTztPhoCa";

    /** What happened, in order. */
    public final BlockingQueue<String> journal = new LinkedBlockingQueue<>();

    /** The listeners of attached proxies, as they come. */
    public final BlockingQueue<ProxyListener> attached = new LinkedBlockingQueue<>();

    public volatile DaemonStatus status = new DaemonStatus(
            HOME,
            "0.1.0-h",
            5,
            1,
            List.of("/ip4/127.0.0.1/tcp/43629", "/ip4/192.168.71.2/udp/40860/quic-v1"),
            List.of("/ip4/11.0.0.10/tcp/7777/p2p/" + RELAY + "/p2p-circuit"),
            3,
            "/home/u/.config/peerup/config.yaml",
            List.of(new RelayStatus(RELAY, "/ip4/11.0.0.10/tcp/7777", "reserved until 12:00", true)),
            List.of(new ConnectionStatus(
                    RELAY, "relay", Route.DIRECT, "/ip4/11.0.0.10/tcp/7777", Way.OUTBOUND, false, null, 1.5, 61)));
    public volatile List<ServiceEntry> services =
            List.of(new ServiceEntry("web", "/peerup/web/1.0.0", "127.0.0.1:8080", true));
    public volatile List<PeerEntry> peers =
            List.of(new PeerEntry(RELAY, List.of("/ip4/11.0.0.10/tcp/7777"), "relay-server/0.1.0-h"));

    private final Map<String, CountDownLatch> open = new ConcurrentHashMap<>();
    private final AtomicInteger lastId = new AtomicInteger();

    @Override
    public DaemonStatus status() {
        return status;
    }

    @Override
    public List<ServiceEntry> services() {
        return services;
    }

    @Override
    public List<PeerEntry> peers(boolean all) {
        return all ? List.of(peers.getFirst(), new PeerEntry(HOME, List.of(), null)) : peers;
    }

    /** Answers in 1.43 ms, then in 0.831 ms, then not, and so on. Endless pings stop after the third and wait. */
    @Override
    public PingStats ping(PingRequest request, PingListener listener) throws ApiProblem, InterruptedException {
        resolve(request.peer());
        try {
            return ping(request.count(), listener);
        } catch (InterruptedException givenUp) {
            journal.add("ping given up");
            throw givenUp;
        }
    }

    @Override
    public OpenedProxy connect(ConnectRequest request) throws ApiProblem {
        resolve(request.peer());
        return open();
    }

    @Override
    public void attach(ConnectRequest request, ProxyListener listener) throws ApiProblem, InterruptedException {
        resolve(request.peer());
        OpenedProxy proxy = open();
        try {
            listener.opened(proxy);
            attached.add(listener);
            Objects.requireNonNull(open.get(proxy.id())).await();
        } finally {
            open.remove(proxy.id());
            journal.add(proxy.id() + " closed");
        }
    }

    @Override
    public void disconnect(String id) throws ApiProblem {
        CountDownLatch proxy = open.remove(id);
        if (proxy == null) {
            throw new ApiProblem(Kind.NOT_FOUND, "proxy not found: " + id);
        }
        proxy.countDown();
    }

    @Override
    public List<ProxyEntry> proxies() {
        List<ProxyEntry> entries = new ArrayList<>();
        open.keySet().stream()
                .sorted()
                .forEach(id -> entries.add(new ProxyEntry(id, "home", "web", "127.0.0.1:41275", true, 0)));
        return entries;
    }

    @Override
    public void shutdown() {
        journal.add("shutdown");
    }

    private static PingStats ping(int asked, PingListener listener) throws InterruptedException {
        PingTally tally = new PingTally();
        int count = asked == 0 ? 3 : asked;
        for (int seq = 1; seq <= count; seq++) {
            PingResult result = switch (seq % 3) {
                case 1 -> PingResult.answered(seq, HOME, Duration.ofNanos(1_430_000), Route.DIRECT);
                case 2 -> PingResult.answered(seq, HOME, Duration.ofNanos(831_999), Route.RELAYED);
                default -> PingResult.failed(seq, HOME, Route.NONE, "no answer within 10 s");
            };
            tally.add(result);
            listener.result(result);
        }
        if (asked == 0) {
            new CountDownLatch(1).await();
        }
        return tally.stats();
    }

    private OpenedProxy open() {
        String id = "proxy-" + lastId.incrementAndGet();
        open.put(id, new CountDownLatch(1));
        return new OpenedProxy(id, "127.0.0.1:41275");
    }

    private static void resolve(String peer) throws ApiProblem {
        switch (peer) {
            case "home" -> {}
            case "away" -> throw new ApiProblem(Kind.UNREACHABLE, "cannot reach peer \"away\": no addresses");
            case "buggy" -> throw new IllegalStateException("a bug");
            default ->
                throw new ApiProblem(Kind.INVALID, "cannot resolve peer \"" + peer + "\": name not found: " + peer);
        }
    }
}
