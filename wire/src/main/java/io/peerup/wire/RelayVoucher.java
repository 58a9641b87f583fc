package io.peerup.wire;

/**
 * A relay's word that it keeps a reservation for a peer. Spec: libp2p/specs relay/circuit-v2, "Reservation Vouchers",
 * with the domain and type that are deployed.
 *
 * @param relay the relay
 * @param peer the peer that reserved
 * @param expiration when the reservation ends
 */
public record RelayVoucher(PeerId relay, PeerId peer, UnixSeconds expiration) implements EnvelopePayload {
    private static final String DOMAIN = "libp2p-relay-rsvp";
    private static final byte[] PAYLOAD_TYPE = {3, 2};

    /**
     * A voucher from a relay: verified, and signed by the relay that it speaks of. Whether it is for this peer and
     * still good is for the caller to check.
     *
     * @throws ProtocolViolation when the bytes are anything else
     */
    public static RelayVoucher open(byte[] envelope) throws ProtocolViolation {
        SignedEnvelope opened = SignedEnvelope.open(envelope, DOMAIN, PAYLOAD_TYPE);
        RelayVoucher voucher = read(ProtoReader.of(opened.payload()));
        if (!voucher.relay.equals(opened.signer())) {
            throw new ProtocolViolation(
                    WireRule.RECORD_SIGNER_MISMATCH, opened.signer() + " speaks for " + voucher.relay);
        }
        return voucher;
    }

    /** This voucher signed by its own relay. */
    public SignedEnvelope seal(Identity relayIdentity) {
        if (!relayIdentity.peerId().equals(relay)) {
            throw new IllegalArgumentException(relayIdentity.peerId() + " cannot speak for " + relay);
        }
        return SignedEnvelope.seal(relayIdentity, this);
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
        return new ProtoWriter()
                .bytes(1, relay.bytes())
                .bytes(2, peer.bytes())
                .uint64(3, expiration.value())
                .toByteArray();
    }

    private static RelayVoucher read(ProtoReader in) throws ProtocolViolation {
        byte[] relay = null;
        byte[] peer = null;
        Long expiration = null;
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case 1 -> relay = in.bytes(PeerId.MAX_BYTES);
                case 2 -> peer = in.bytes(PeerId.MAX_BYTES);
                case 3 -> expiration = in.uint64();
                default -> in.skip();
            }
        }
        return new RelayVoucher(
                PeerId.fromBytes(ProtoReader.present(relay, "a voucher", "relay")),
                PeerId.fromBytes(ProtoReader.present(peer, "a voucher", "peer")),
                UnixSeconds.ofUnsigned(ProtoReader.present(expiration, "a voucher", "expiration")));
    }
}
