package io.peerup.noise;

import io.peerup.swarm.ProtocolId;
import io.peerup.wire.ProtoReader;
import io.peerup.wire.ProtoWriter;
import io.peerup.wire.ProtocolViolation;
import java.util.ArrayList;
import java.util.List;

/**
 * What libp2p says inside the handshake: who we are, proof that the static key is ours, and which muxers we would use
 * right after it. Schema: {@code src/main/proto/payload.proto}.
 *
 * @param muxers in order of preference; empty when the peer does not negotiate early
 */
record HandshakePayload(byte[] identityKey, byte[] identitySignature, List<ProtocolId> muxers) {
    /** Longer lists count as no list, as in go-libp2p. */
    static final int MAX_MUXERS = 100;

    private static final int IDENTITY_KEY = 1;
    private static final int IDENTITY_SIGNATURE = 2;
    private static final int EXTENSIONS = 4;
    private static final int STREAM_MUXERS = 2;
    private static final int MAX_FIELD_BYTES = 4096;

    byte[] encode() {
        ProtoWriter payload =
                new ProtoWriter().bytes(IDENTITY_KEY, identityKey).bytes(IDENTITY_SIGNATURE, identitySignature);
        if (!muxers.isEmpty()) {
            ProtoWriter extensions = new ProtoWriter();
            muxers.forEach(muxer -> extensions.string(STREAM_MUXERS, muxer.value()));
            payload.message(EXTENSIONS, extensions);
        }
        return payload.toByteArray();
    }

    static HandshakePayload decode(byte[] bytes) throws ProtocolViolation {
        byte[] key = {};
        byte[] signature = {};
        List<ProtocolId> muxers = List.of();
        try {
            ProtoReader in = ProtoReader.of(bytes);
            for (int field = in.nextField(); field != 0; field = in.nextField()) {
                switch (field) {
                    case IDENTITY_KEY -> key = in.bytes(MAX_FIELD_BYTES);
                    case IDENTITY_SIGNATURE -> signature = in.bytes(MAX_FIELD_BYTES);
                    case EXTENSIONS -> muxers = muxers(in.message(MAX_FIELD_BYTES));
                    default -> in.skip();
                }
            }
        } catch (ProtocolViolation malformed) {
            throw new ProtocolViolation(NoiseRule.PAYLOAD, String.valueOf(malformed.getMessage()));
        }
        if (key.length == 0 || signature.length == 0) {
            throw new ProtocolViolation(NoiseRule.PAYLOAD, "identity key or signature is missing");
        }
        return new HandshakePayload(key, signature, muxers);
    }

    private static List<ProtocolId> muxers(ProtoReader in) throws ProtocolViolation {
        List<ProtocolId> muxers = new ArrayList<>();
        int seen = 0;
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            if (field != STREAM_MUXERS) {
                in.skip();
                continue;
            }
            String name = in.string(ProtocolId.MAX_BYTES);
            if (++seen <= MAX_MUXERS && !name.isEmpty() && name.indexOf('\n') < 0) {
                muxers.add(ProtocolId.of(name));
            }
        }
        return seen > MAX_MUXERS ? List.of() : List.copyOf(muxers);
    }
}
