package io.peerup.host.config;

import io.peerup.host.file.PrintableText;
import io.peerup.wire.Multiaddr;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A new node's configuration.
 *
 * @param generator the command that writes it, such as {@code peerup init}
 * @param relayAddresses at least one, each ending in the relay's peer ID
 */
public record NodeTemplate(String generator, List<Multiaddr> relayAddresses) {
    private static final int MAX_GENERATOR_CHARS = 60;

    /** Copies the list. */
    public NodeTemplate {
        generator = PrintableText.of(generator, MAX_GENERATOR_CHARS);
        relayAddresses = List.copyOf(relayAddresses);
    }

    String text() {
        String relays = relayAddresses.stream()
                .map(address -> "    - " + YamlBlock.quoted(address.toString()))
                .collect(Collectors.joining("\n"));
        return """
            # Configuration of this peerup node, written by: %s
            # After a change restart the daemon; only authorized_keys is followed as it changes.
            version: 1

            identity:
              # The private key. Peers know this node by it: back it up, give it to nobody.
              key_file: "identity.key"

            network:
              # Port 0 lets the system choose. Fix the port if your router forwards one.
              listen_addresses:
                - "/ip4/0.0.0.0/tcp/0"
                - "/ip4/0.0.0.0/udp/0/quic-v1"
                - "/ip6/::/tcp/0"
                - "/ip6/::/udp/0/quic-v1"
              # true: take it for given that nobody reaches this machine directly.
              force_private_reachability: false

            relay:
              # The servers that introduce other peers to this node.
              addresses:
            %s
              reservation_interval: "2m"

            discovery:
              # The name of your network, and where to enter it; none means at the relays.
              rendezvous: "%s"
              bootstrap_peers: []

            security:
              # One peer ID per line; nobody else may connect.
              authorized_keys_file: "authorized_keys"
              enable_connection_gating: true

            protocols:
              ping_pong:
                enabled: true
                id: "/pingpong/1.0.0"

            # TCP services that authorized peers may reach through this node. Take the # away, or use:
            #   peerup service add ssh 127.0.0.1:22
            # services:
            #   ssh:
            #     enabled: true
            #     local_address: "127.0.0.1:22"
            #   xrdp:
            #     enabled: true
            #     local_address: "127.0.0.1:3389"
            #   web:
            #     enabled: true
            #     local_address: "127.0.0.1:80"
            #     # only these, of the peers in authorized_keys:
            #     allowed_peers:
            #       - "12D3KooW..."

            # What you call your peers, as in: peerup proxy home ssh 2222
            names: {}
            #   home: "12D3KooW..."

            # Numbers for Prometheus, and a log of who was let in.
            # telemetry:
            #   metrics:
            #     enabled: true
            #     listen_address: "127.0.0.1:9091"
            #   audit:
            #     enabled: true

            # What peers may cost this machine. Without a line, what suits it.
            # limits:
            #   # what all of them together may make it hold
            #   memory: "256MB"
            #   # from one address at once; more for a large site behind one address
            #   connections_per_ip: 8
            #   # anew from one address: so many, then one per interval
            #   new_connections_per_ip: 16
            #   new_connection_interval: "5s"
            """.formatted(generator, relays, NodeConfig.DEFAULT_RENDEZVOUS);
    }
}
