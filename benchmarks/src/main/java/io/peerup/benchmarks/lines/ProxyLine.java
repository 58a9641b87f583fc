package io.peerup.benchmarks.lines;

import io.peerup.benchmarks.Lane;
import io.peerup.benchmarks.Line;
import io.peerup.benchmarks.Metric;
import io.peerup.benchmarks.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A TCP service fetched through {@code peerup proxy} and through {@code ssh -L}; service and client are the same. */
record ProxyLine() implements Line {
    private static final int BYTES = 300_000_000;
    private static final String SSH = "ssh -L, chacha20-poly1305";
    private static final String OURS = "peerup proxy, direct";

    @Override
    public String name() {
        return "proxy";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.atLeast(1.5, "proxy bulk", "Gbit/s"));
    }

    @Override
    public String workUnit() {
        return "GB";
    }

    @Override
    public Lanes open(Setting setting) throws Exception {
        int bytes = setting.amount(BYTES);
        double gigabytes = bytes / 1e9;
        Shared shared = new Shared();
        try {
            Spout spout = shared.add(Spout.open(bytes));
            OpenSsh ssh = shared.add(OpenSsh.start(shared.place("ssh")));
            return new Lanes(
                    List.of(
                            ssh.forwarding(SSH, "chacha20-poly1305@openssh.com", spout, gigabytes),
                            direct(setting, shared, spout, gigabytes),
                            ssh.forwarding("ssh -L, aes128-gcm", "aes128-gcm@openssh.com", spout, gigabytes),
                            relayed(setting, shared, spout, gigabytes),
                            new Proxy("nothing in between", Map.of(), spout, spout.port(), gigabytes)),
                    SSH,
                    OURS,
                    shared);
        } catch (Exception failed) {
            shared.close();
            throw failed;
        }
    }

    /** The laptop knows where home listens because home stands where its relay should; home does not relay. */
    private static Lane direct(Setting setting, Shared shared, Spout spout, double gigabytes) throws Exception {
        OurPrograms programs = OurPrograms.in(setting, shared.place("direct"));
        int port = OpenSsh.freePort();
        String home = programs.node("home");
        String laptop = programs.node("laptop");
        befriend(programs, home, laptop);
        String address = "/ip4/127.0.0.1/tcp/" + port + "/p2p/" + home;
        programs.node("home", port, "/ip4/127.0.0.1/tcp/1/p2p/" + laptop, service(spout));
        programs.node("laptop", 0, address, "names: {home: \"" + home + "\"}");
        Program atHome = shared.add(programs.daemon("home"));
        atHome.await("Daemon API:");
        Program atLaptop = shared.add(programs.daemon("laptop"));
        atLaptop.await("Daemon API:");
        requirePath("DIRECT", programs);
        return proxy(OURS, programs, shared, Map.of("near", atLaptop, "far", atHome), spout, gigabytes);
    }

    private static Lane relayed(Setting setting, Shared shared, Spout spout, double gigabytes) throws Exception {
        OurPrograms programs = OurPrograms.in(setting, shared.place("relayed"));
        int port = OpenSsh.freePort();
        String home = programs.node("home");
        String laptop = programs.node("laptop");
        befriend(programs, home, laptop);
        programs.write("relay/relay_authorized_keys", home + "\n" + laptop + "\n");
        Program relay = shared.add(programs.relay(port));
        String address = relay.await("/p2p/").strip();
        relay.await("Private relay running.");
        programs.node("home", 0, address, service(spout));
        programs.node("laptop", 0, address, "names: {home: \"" + home + "\"}");
        Program atHome = shared.add(programs.daemon("home"));
        atHome.await(": reserved");
        Program atLaptop = shared.add(programs.daemon("laptop"));
        atLaptop.await(": reserved");
        requirePath("RELAYED", programs);
        return proxy(
                "peerup proxy, relayed",
                programs,
                shared,
                Map.of("near", atLaptop, "relay", relay, "far", atHome),
                spout,
                gigabytes);
    }

    private static Lane proxy(
            String name, OurPrograms programs, Shared shared, Map<String, Program> parts, Spout spout, double gigabytes)
            throws Exception {
        Program proxy = shared.add(programs.proxy("laptop", "home", "bulk"));
        String listening = proxy.await("TCP proxy listening on ").replaceFirst(".*:", "");
        return new Proxy(name, parts, spout, Integer.parseInt(listening.strip()), gigabytes);
    }

    private static void requirePath(String path, OurPrograms programs) throws IOException {
        String printed = programs.ping("laptop", "home");
        if (!printed.contains(path)) {
            throw new IOException("the way to home is not " + path + ": " + printed);
        }
    }

    private static void befriend(OurPrograms programs, String home, String laptop) throws IOException {
        programs.write("home/authorized_keys", laptop + "\n");
        programs.write("laptop/authorized_keys", home + "\n");
    }

    private static String service(Spout spout) {
        return "services: {bulk: {enabled: true, local_address: \"127.0.0.1:" + spout.port() + "\"}}";
    }

    private record Proxy(String name, Map<String, Program> parts, Spout spout, int port, double gigabytes)
            implements Lane {
        @Override
        public Turn turn() throws Exception {
            return Turn.of(spout.drink(port), gigabytes);
        }

        @Override
        public Map<String, Double> processorSeconds() throws IOException {
            Map<String, Double> seconds = new HashMap<>();
            for (Map.Entry<String, Program> part : parts.entrySet()) {
                seconds.put(part.getKey(), part.getValue().processorSeconds());
            }
            return seconds;
        }
    }

    /** Closed in the reverse order; the directory last. */
    private static final class Shared implements AutoCloseable {
        private final Scratch scratch;
        private final List<AutoCloseable> parts = new ArrayList<>();

        Shared() throws IOException {
            scratch = Scratch.open();
        }

        Path place(String name) throws IOException {
            return Files.createDirectory(scratch.place().resolve(name));
        }

        <T extends AutoCloseable> T add(T part) {
            parts.add(part);
            return part;
        }

        @Override
        public void close() throws IOException {
            for (AutoCloseable part : parts.reversed()) {
                try {
                    part.close();
                } catch (Exception failed) {
                    throw new IOException(failed);
                }
            }
            scratch.close();
        }
    }
}
