package io.peerup.interop.soak;

import io.peerup.interop.lab.LabProcess;
import io.peerup.node.Peerup;
import io.peerup.node.api.ConnectRequest;
import io.peerup.node.api.client.DaemonClient;
import io.peerup.relay.RelayServer;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A relay, a daemon at home that offers a service, a daemon on a laptop that uses it through the relay, each a process, and
 * guests whom all three let in.
 *
 * @param proxy where the laptop has the service of home
 */
record Town(
        LabProcess relay,
        LabProcess home,
        LabProcess laptop,
        Multiaddr relayAddress,
        Multiaddr homeAddress,
        Machine atHome,
        DaemonClient atLaptop,
        InetSocketAddress proxy,
        Guests guests,
        EchoService service)
        implements AutoCloseable {
    /** The service of home, as peers ask for it. */
    static final ProtocolId WEB = ProtocolId.of("/peerup/web/1.0.0");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ROOM_FOR_ALL = """
            resources:
              max_reservations_per_ip: 64
              max_circuits: 64
              session_duration: "1000h"
              session_data_limit: "1000GB"
            """;

    static Town build(Path directory) throws Exception {
        Machine vps = Machine.at(directory.resolve("relay"));
        Machine home = Machine.at(directory.resolve("home"));
        Machine laptop = Machine.at(directory.resolve("laptop"));
        vps.keys().add(home.peerId(), "home");
        vps.keys().add(laptop.peerId(), "laptop");
        home.keys().add(laptop.peerId(), "laptop");
        laptop.keys().add(home.peerId(), "home");
        Guests guests = Guests.invitedTo(vps, home, laptop);

        EchoService service = EchoService.start();
        LabProcess relay = vps.start(RelayServer.class, "serve", ROOM_FOR_ALL);
        String relayAddress =
                relay.waitForLine("^\\s+(/\\S+/p2p/\\S+)$", PATIENCE).group(1);
        LabProcess atHome = home.start(Peerup.class, "daemon", """
                relay:
                  addresses: ["%s"]
                services:
                  web:
                    enabled: true
                    local_address: "127.0.0.1:%d"
                """.formatted(relayAddress, service.port()));
        LabProcess onLaptop = laptop.start(Peerup.class, "daemon", """
                relay:
                  addresses: ["%s"]
                """.formatted(relayAddress));
        DaemonClient homesDaemon = ready(atHome, home);
        DaemonClient laptopsDaemon = ready(onLaptop, laptop);
        return new Town(
                relay,
                atHome,
                onLaptop,
                Multiaddr.parse(relayAddress),
                Multiaddr.parse(homesDaemon.status().listenAddresses().getFirst())
                        .withPeerId(home.peerId()),
                home,
                laptopsDaemon,
                port(laptopsDaemon.connect(webOf(home.peerId())).listenAddress()),
                guests,
                service);
    }

    /** What the laptop asks its daemon for. */
    ConnectRequest web() {
        return webOf(atHome.peerId());
    }

    List<Subject> subjects() {
        return List.of(new Subject("relay", relay), new Subject("home", home), new Subject("laptop", laptop));
    }

    static InetSocketAddress port(String listening) {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(listening.replaceFirst(".*:", "")));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        laptop.close();
        home.close();
        relay.close();
        service.close();
    }

    private static ConnectRequest webOf(PeerId home) {
        return new ConnectRequest(home.toString(), "web", "127.0.0.1:0");
    }

    private static DaemonClient ready(LabProcess process, Machine machine) throws Exception {
        process.waitForLine("Daemon API:", PATIENCE);
        DaemonClient daemon = DaemonClient.connect(machine.directory()).orElseThrow();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!daemon.status().relays().getFirst().reserved()) {
            if (System.nanoTime() > until) {
                throw new IOException(machine.name() + " has no reservation: " + process.lines());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return daemon;
    }
}
