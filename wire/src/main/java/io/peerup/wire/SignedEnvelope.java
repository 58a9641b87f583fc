package io.peerup.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A payload with the key of its author and a signature for one use. Spec: libp2p/specs RFC 0002. An instance was either
 * sealed here or verified. Immutable; safe from any thread.
 */
public final class SignedEnvelope {
    /** The longest envelope accepted. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_TYPE_BYTES = 256;
    private static final int MAX_SIGNATURE_BYTES = RsaPublicKey.MAX_BITS / 8;

    private final PublicKey publicKey;
    private final byte[] payloadType;
    private final byte[] payload;
    private final byte[] signature;

    private SignedEnvelope(PublicKey publicKey, byte[] payloadType, byte[] payload, byte[] signature) {
        this.publicKey = publicKey;
        this.payloadType = payloadType;
        this.payload = payload;
        this.signature = signature;
    }

    /** The payload, signed by {@code author}. */
    public static SignedEnvelope seal(Identity author, EnvelopePayload content) {
        byte[] type = content.payloadType().clone();
        byte[] payload = content.payload().clone();
        byte[] signature = author.sign(signedBytes(content.domain(), type, payload));
        return new SignedEnvelope(author.publicKey(), type, payload, signature);
    }

    /**
     * An envelope from a peer, after its type and signature have been checked. Whether its author may say what the
     * payload says is for the caller to check.
     *
     * @throws ProtocolViolation when the bytes are no envelope, of another type, or not signed for {@code domain}
     */
    public static SignedEnvelope open(byte[] envelope, String domain, byte[] payloadType) throws ProtocolViolation {
        if (envelope.length > MAX_BYTES) {
            throw new ProtocolViolation(WireRule.ENVELOPE_TOO_LONG, envelope.length + " bytes");
        }
        SignedEnvelope opened = read(ProtoReader.of(envelope));
        if (!Arrays.equals(opened.payloadType, payloadType)) {
            throw new ProtocolViolation(WireRule.ENVELOPE_TYPE_UNEXPECTED, "not what " + domain + " seals");
        }
        byte[] signed = signedBytes(domain, opened.payloadType, opened.payload);
        if (!opened.publicKey.verify(signed, opened.signature)) {
            throw new ProtocolViolation(WireRule.ENVELOPE_SIGNATURE_INVALID, "not signed by " + opened.signer());
        }
        return opened;
    }

    /** The key that signed. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** The peer that signed. */
    public PeerId signer() {
        return publicKey.peerId();
    }

    /** The serialised payload. */
    public byte[] payload() {
        return payload.clone();
    }

    /** The binary form. */
    public byte[] bytes() {
        return new ProtoWriter()
                .bytes(1, publicKey.toProtobuf())
                .bytes(2, payloadType)
                .bytes(3, payload)
                .bytes(5, signature)
                .toByteArray();
    }

    @Override
    public String toString() {
        return "SignedEnvelope by " + signer();
    }

    private static SignedEnvelope read(ProtoReader in) throws ProtocolViolation {
        byte[] publicKey = null;
        byte[] payloadType = null;
        byte[] payload = new byte[0];
        byte[] signature = null;
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case 1 -> publicKey = in.bytes(PublicKey.MAX_BYTES);
                case 2 -> payloadType = in.bytes(MAX_TYPE_BYTES);
                case 3 -> payload = in.bytes(MAX_BYTES);
                case 5 -> signature = in.bytes(MAX_SIGNATURE_BYTES);
                default -> in.skip();
            }
        }
        return new SignedEnvelope(
                PublicKey.fromProtobuf(present(publicKey, "public_key")),
                present(payloadType, "payload_type"),
                payload,
                present(signature, "signature"));
    }

    private static byte[] present(byte @Nullable [] value, String field) throws ProtocolViolation {
        return ProtoReader.present(value, "an envelope", field);
    }

    /** Each part with its length, so that none can pass for part of another. */
    private static byte[] signedBytes(String domain, byte[] payloadType, byte[] payload) {
        ByteBuf out = Unpooled.buffer();
        for (byte[] part : new byte[][] {domain.getBytes(StandardCharsets.UTF_8), payloadType, payload}) {
            Varint.write(out, part.length);
            out.writeBytes(part);
        }
        return Arrays.copyOf(out.array(), out.readableBytes());
    }
}
