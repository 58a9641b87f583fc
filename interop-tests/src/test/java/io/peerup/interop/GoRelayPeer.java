package io.peerup.interop;

import com.google.gson.JsonObject;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.StatusCode;
import io.peerup.swarm.ConnectionLimit;
import io.peerup.swarm.ProtocolId;
import io.peerup.testkit.process.GoPeer;
import io.peerup.testkit.process.GoVersion;
import io.peerup.testkit.process.PeerProcess;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A go-libp2p peer in a relayed scene. Its answers are go-libp2p's own verdict. */
record GoRelayPeer(PeerProcess process) implements RelayPeer {
    static GoRelayPeer start(GoVersion version) throws Exception {
        return new GoRelayPeer(GoPeer.start(version));
    }

    static GoRelayPeer startRelay(GoVersion version, RelayLimits limits) throws Exception {
        return new GoRelayPeer(GoPeer.start(version, flags(limits).toArray(String[]::new)));
    }

    @Override
    public PeerId id() throws ProtocolViolation {
        return process.id();
    }

    @Override
    public Multiaddr address() throws ProtocolViolation {
        return process.address();
    }

    @Override
    public void connect(RelayPeer other) throws Exception {
        process.run("connect", Map.of("addr", other.address()));
    }

    @Override
    public StatusCode reserve(RelayPeer relay) throws Exception {
        return status("reserve", Map.of("relay", relay.address()));
    }

    @Override
    public StatusCode reach(PeerId peer, RelayPeer relay) throws Exception {
        return status("connect-via", Map.of("relay", relay.address(), "peer", peer));
    }

    @Override
    public StatusCode askToReserve(RelayPeer relay) throws Exception {
        return status("reserve", Map.of("relay", relay.id()));
    }

    @Override
    public StatusCode askToConnect(PeerId destination, RelayPeer relay) throws Exception {
        return new StatusCode(process.run("circuit-raw", Map.of("relay", relay.id(), "peer", destination))
                .get("status")
                .getAsInt());
    }

    @Override
    public byte[] say(RelayPeer to, ProtocolId protocol, byte[] bytes) throws Exception {
        JsonObject answer = process.run(
                "open",
                Map.of(
                        "peer",
                        to.id(),
                        "protocol",
                        protocol,
                        "data",
                        Base64.getEncoder().encodeToString(bytes),
                        "readMax",
                        4200));
        return Base64.getDecoder().decode(answer.get("data").getAsString());
    }

    @Override
    public void exercise(PeerId peer, long bulkBytes) throws Exception {
        process.run("ping", Map.of("peer", peer, "count", 3));
        process.run("echo", Map.of("peer", peer, "bytes", 10_000));
        process.run("upload", Map.of("peer", peer, "bytes", bulkBytes));
        process.run("download", Map.of("peer", peer, "bytes", bulkBytes));
    }

    @Override
    public boolean isRelayedTo(PeerId peer) throws Exception {
        List<String> remotes = new ArrayList<>();
        process.run("connections", Map.of()).getAsJsonArray("connections").forEach(each -> {
            JsonObject connection = each.getAsJsonObject();
            if (connection.get("peer").getAsString().equals(peer.toString())) {
                remotes.add(connection.get("remote").getAsString());
            }
        });
        return remotes.size() == 1 && remotes.getFirst().contains("/p2p-circuit");
    }

    @Override
    public void denyReserve(PeerId peer) throws Exception {
        process.run("relay-acl", Map.of("denyReserve", List.of(peer)));
    }

    @Override
    public void denyConnectTo(PeerId peer) throws Exception {
        process.run("relay-acl", Map.of("denyConnectTo", List.of(peer)));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.close();
    }

    private StatusCode status(String command, Map<String, ?> arguments) throws Exception {
        try {
            process.run(command, arguments);
            return StatusCode.OK;
        } catch (PeerProcess.Failed failed) {
            if (failed.answer().has("status")) {
                return new StatusCode(failed.answer().get("status").getAsInt());
            }
            throw failed;
        }
    }

    private static List<String> flags(RelayLimits limits) {
        List<String> flags = new ArrayList<>(List.of(
                "-relay",
                "-relay-max-reservations=" + limits.maxReservations(),
                "-relay-per-ip=" + limits.maxReservationsPerIp(),
                "-relay-max-circuits=" + limits.maxCircuitsPerPeer(),
                "-relay-ttl=" + limits.reservationTtl().toSeconds() + "s"));
        if (limits.circuit().isEmpty()) {
            flags.add("-relay-unlimited");
        } else {
            // In go-libp2p a limit has both parts.
            ConnectionLimit circuit = limits.circuit().get();
            flags.add("-relay-duration=" + circuit.duration().orElseThrow().toSeconds() + "s");
            flags.add("-relay-data=" + circuit.dataBytes().orElseThrow());
        }
        return flags;
    }
}
