package io.peerup.host.config;

import io.peerup.circuitrelay.RelayLimits;
import io.peerup.wire.Multiaddr;
import java.nio.file.Path;
import java.util.List;

/**
 * The configuration of a relay, in the words of its file. Relative paths in the file start at the file's directory.
 *
 * @param file where it came from, an absolute path
 * @param identityKeyFile where the private key is, an absolute path
 * @param listenAddresses at least one
 * @param health whether and where to answer {@code /healthz}; default off, 127.0.0.1:9090
 * @param limits what peers may cost the process
 */
public record RelayServerConfig(
        Path file,
        Path identityKeyFile,
        List<Multiaddr> listenAddresses,
        Security security,
        RelayResources resources,
        HttpEndpoint health,
        Telemetry telemetry,
        PeerLimits limits) {
    /** Rejects nonsense and copies the list. */
    public RelayServerConfig {
        if (!file.isAbsolute() || !identityKeyFile.isAbsolute()) {
            throw new IllegalArgumentException("paths must be absolute");
        }
        if (listenAddresses.isEmpty()) {
            throw new IllegalArgumentException("at least one address to listen on");
        }
        listenAddresses = List.copyOf(listenAddresses);
    }

    /** What the relay protocol is to give. */
    public RelayLimits relayLimits() {
        return resources.limits();
    }
}
