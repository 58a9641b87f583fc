package io.peerup.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a peer says it can be reached. Spec: libp2p/specs RFC 0003, with the domain and type that are deployed instead
 * of those it names.
 *
 * @param peerId the peer
 * @param seq unsigned and increasing; of two records the one with the higher counts. Deployed peers use nanoseconds
 *     since 1970
 * @param addresses its addresses; deployed peers leave out the peer ID
 */
public record PeerRecord(PeerId peerId, long seq, List<Multiaddr> addresses) implements EnvelopePayload {
    /** The most addresses accepted in a record. */
    public static final int MAX_ADDRESSES = 256;

    private static final String DOMAIN = "libp2p-peer-record";
    private static final byte[] PAYLOAD_TYPE = {3, 1};

    /** Takes a copy of the list. */
    public PeerRecord {
        addresses = List.copyOf(addresses);
    }

    /**
     * A record from a peer: verified, and signed by the peer that it speaks of. Addresses this project does not
     * understand are left out.
     *
     * @throws ProtocolViolation when the bytes are anything else
     */
    public static PeerRecord open(byte[] envelope) throws ProtocolViolation {
        SignedEnvelope opened = SignedEnvelope.open(envelope, DOMAIN, PAYLOAD_TYPE);
        PeerRecord record = read(ProtoReader.of(opened.payload()));
        if (!record.peerId.equals(opened.signer())) {
            throw new ProtocolViolation(
                    WireRule.RECORD_SIGNER_MISMATCH, opened.signer() + " speaks of " + record.peerId);
        }
        return record;
    }

    /** This record signed by its own peer. */
    public SignedEnvelope seal(Identity peer) {
        if (!peer.peerId().equals(peerId)) {
            throw new IllegalArgumentException(peer.peerId() + " cannot speak for " + peerId);
        }
        return SignedEnvelope.seal(peer, this);
    }

    @Override
    public String domain() {
        return DOMAIN;
    }

    @Override
    public byte[] payloadType() {
        return PAYLOAD_TYPE.clone();
    }

    @Override
    public byte[] payload() {
        ProtoWriter out = new ProtoWriter().bytes(1, peerId.bytes());
        if (seq != 0) {
            out.uint64(2, seq);
        }
        for (Multiaddr address : addresses) {
            out.message(3, new ProtoWriter().bytes(1, address.bytes()));
        }
        return out.toByteArray();
    }

    private static PeerRecord read(ProtoReader in) throws ProtocolViolation {
        byte[] peerId = null;
        long seq = 0;
        int count = 0;
        List<Multiaddr> addresses = new ArrayList<>();
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case 1 -> peerId = in.bytes(PeerId.MAX_BYTES);
                case 2 -> seq = in.uint64();
                case 3 -> {
                    if (++count > MAX_ADDRESSES) {
                        throw new ProtocolViolation(WireRule.RECORD_TOO_MANY_ADDRESSES, "over " + MAX_ADDRESSES);
                    }
                    readAddress(in.message(SignedEnvelope.MAX_BYTES), addresses);
                }
                default -> in.skip();
            }
        }
        return new PeerRecord(
                PeerId.fromBytes(ProtoReader.present(peerId, "a peer record", "peer_id")), seq, addresses);
    }

    private static void readAddress(ProtoReader in, List<Multiaddr> addresses) throws ProtocolViolation {
        byte[] multiaddr = new byte[0];
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case 1 -> multiaddr = in.bytes(SignedEnvelope.MAX_BYTES);
                default -> in.skip();
            }
        }
        try {
            addresses.add(Multiaddr.fromBytes(multiaddr));
        } catch (ProtocolViolation notUnderstood) {
            // a newer peer may know protocols that we do not; its other addresses are still good
        }
    }
}
