package io.peerup.circuitrelay;

import io.peerup.swarm.ConnectionLimit;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtoReader;
import io.peerup.wire.ProtoWriter;
import io.peerup.wire.ProtocolViolation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts that messages of hop and stop share. */
final class MessageFields {
    static final int MAX_MESSAGE_BYTES = 4096;
    static final int MAX_ADDRESSES = 64;

    private static final int PEER_ID = 1;
    private static final int PEER_ADDRS = 2;
    private static final int LIMIT_DURATION = 1;
    private static final int LIMIT_DATA = 2;
    private static final long MAX_DURATION_SECONDS = 0xffff_ffffL;

    private MessageFields() {}

    /** A part of a message that reads itself. */
    interface Body<T> {
        T read(ProtoReader in) throws ProtocolViolation;
    }

    /** Reads a whole message; what wire notices becomes a rule of this module. */
    static <T> T read(byte[] message, Body<T> body) throws ProtocolViolation {
        if (message.length > MAX_MESSAGE_BYTES) {
            throw new ProtocolViolation(CircuitRule.MESSAGE_TOO_LONG, message.length + " bytes");
        }
        try {
            return body.read(ProtoReader.of(message));
        } catch (ProtocolViolation violation) {
            throw violation.rule() instanceof CircuitRule
                    ? violation
                    : new ProtocolViolation(CircuitRule.MESSAGE_MALFORMED, String.valueOf(violation.getMessage()));
        }
    }

    static ProtoWriter write(Peer peer) {
        ProtoWriter out = new ProtoWriter().bytes(PEER_ID, peer.id().bytes());
        peer.addrs().forEach(address -> out.bytes(PEER_ADDRS, address.bytes()));
        return out;
    }

    static Peer readPeer(ProtoReader in) throws ProtocolViolation {
        byte[] id = {};
        AddressList addresses = new AddressList();
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case PEER_ID -> id = in.bytes(MAX_MESSAGE_BYTES);
                case PEER_ADDRS -> addresses.add(in.bytes(MAX_MESSAGE_BYTES));
                default -> in.skip();
            }
        }
        return new Peer(peerId(id), addresses.known());
    }

    /** Both fields are always written, 0 for what is not limited, as go-libp2p does. */
    static ProtoWriter write(ConnectionLimit limit) {
        long seconds = limit.duration().map(Duration::toSeconds).orElse(0L);
        return new ProtoWriter()
                .uint64(LIMIT_DURATION, Math.min(seconds, MAX_DURATION_SECONDS))
                .uint64(LIMIT_DATA, limit.dataBytes().orElse(0L));
    }

    /** A limit that limits nothing is none. */
    static Optional<ConnectionLimit> readLimit(ProtoReader in) throws ProtocolViolation {
        long seconds = 0;
        long bytes = 0;
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case LIMIT_DURATION -> seconds = Integer.toUnsignedLong(in.uint32());
                case LIMIT_DATA -> bytes = in.uint64();
                default -> in.skip();
            }
        }
        Optional<Duration> duration = seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
        Optional<Long> data = bytes == 0 ? Optional.empty() : Optional.of(bytes < 0 ? Long.MAX_VALUE : bytes);
        return duration.isEmpty() && data.isEmpty()
                ? Optional.empty()
                : Optional.of(new ConnectionLimit(duration, data));
    }

    static StatusCode present(Optional<StatusCode> status) throws ProtocolViolation {
        return status.orElseThrow(
                () -> new ProtocolViolation(CircuitRule.STATUS_MISSING, "a status message without a status"));
    }

    static Peer presentPeer(Optional<Peer> peer) throws ProtocolViolation {
        return peer.orElseThrow(
                () -> new ProtocolViolation(CircuitRule.PEER_MALFORMED, "a request to connect without a peer"));
    }

    private static PeerId peerId(byte[] id) throws ProtocolViolation {
        try {
            return PeerId.fromBytes(id);
        } catch (ProtocolViolation violation) {
            throw new ProtocolViolation(CircuitRule.PEER_MALFORMED, String.valueOf(violation.getMessage()));
        }
    }

    /** Addresses of which some may be of kinds not known here; those count, and are left out. */
    static final class AddressList {
        private final List<Multiaddr> known = new ArrayList<>();
        private int seen;

        void add(byte[] address) throws ProtocolViolation {
            if (++seen > MAX_ADDRESSES) {
                throw new ProtocolViolation(CircuitRule.TOO_MANY_ADDRESSES, "more than " + MAX_ADDRESSES);
            }
            try {
                known.add(Multiaddr.fromBytes(address));
            } catch (ProtocolViolation unknownKind) {
                // Somebody else may know it; that is no fault.
            }
        }

        List<Multiaddr> known() {
            return known;
        }
    }
}
