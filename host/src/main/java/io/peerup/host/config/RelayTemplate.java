package io.peerup.host.config;

/** A new relay's configuration. */
final class RelayTemplate {
    static final String TEXT = """
            # Configuration of a relay-server. After a change restart it; only the authorized keys are followed
            # as they change. Paths start at the directory of this file.
            version: 1

            identity:
              # The private key. Every node names the relay by it: back it up, give it to nobody.
              key_file: "relay_node.key"

            network:
              # Open these ports in the firewall: 7777, TCP and UDP.
              listen_addresses:
                - "/ip4/0.0.0.0/tcp/7777"
                - "/ip6/::/tcp/7777"
                - "/ip4/0.0.0.0/udp/7777/quic-v1"
                - "/ip6/::/udp/7777/quic-v1"

            security:
              # One peer ID per line; nobody else may use the relay.
              authorized_keys_file: "relay_authorized_keys"
              enable_connection_gating: true

            # What the relay gives. These are the defaults.
            # resources:
            #   max_reservations: 128
            #   max_reservations_per_ip: 8
            #   reservation_ttl: "1h"
            #   # circuits of one peer
            #   max_circuits: 16
            #   # for each circuit, data in each direction; 0 is no limit
            #   session_duration: "10m"
            #   session_data_limit: "64MB"

            # Whether the relay is alive, for programs on this machine.
            # health:
            #   enabled: true
            #   listen_address: "127.0.0.1:9090"

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
            """;

    private RelayTemplate() {}
}
