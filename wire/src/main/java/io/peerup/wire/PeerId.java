package io.peerup.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a peer: the multihash of its public key. Keys of at most 42 serialised bytes are inlined, longer ones are
 * hashed with SHA-256.
 *
 * <p>Spec: libp2p/specs peer-ids, and RFC 0001 for the text forms. Ordered by unsigned bytes.
 */
public final class PeerId implements Comparable<PeerId> {
    /** The longest binary form. */
    public static final int MAX_BYTES = 2 + PeerId.MAX_INLINE_KEY_BYTES;

    /** The longest text accepted; the longest printed is shorter. */
    public static final int MAX_CHARS = 128;

    private static final int MAX_INLINE_KEY_BYTES = 42;
    private static final int CID_VERSION = 1;
    private static final int LIBP2P_KEY_CODEC = 0x72;
    private static final int SHORT_CHARS = 16;

    private final byte[] bytes;

    /** Computed on first use; a race computes it twice, which is harmless. */
    private @Nullable String text;

    private PeerId(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The name of the peer that holds the private half of {@code key}. */
    public static PeerId of(PublicKey key) {
        byte[] serialized = key.toProtobuf();
        Multihash multihash = serialized.length <= MAX_INLINE_KEY_BYTES
                ? Multihash.identity(serialized)
                : Multihash.sha256(serialized);
        return new PeerId(multihash.bytes());
    }

    /**
     * A peer ID from its binary form. An inlined key is not looked at; see {@link #inlineKey}.
     *
     * @throws ProtocolViolation when the bytes are not exactly one multihash that a key can have
     */
    public static PeerId fromBytes(byte[] bytes) throws ProtocolViolation {
        if (bytes.length > MAX_BYTES) {
            throw malformed(bytes.length + " bytes");
        }
        Multihash multihash = Multihash.fromBytes(bytes);
        if (multihash.code() != Multihash.IDENTITY && multihash.code() != Multihash.SHA2_256) {
            throw malformed("hash function " + multihash.code());
        }
        if (multihash.digest().length == 0) {
            throw malformed("an empty digest");
        }
        return new PeerId(bytes.clone());
    }

    /**
     * A peer ID from text: base58 of the multihash, or a CIDv1 of codec libp2p-key in base32, base36 or base58.
     *
     * @throws ProtocolViolation when the text is none of these
     */
    public static PeerId parse(String text) throws ProtocolViolation {
        if (text.length() > MAX_CHARS) {
            throw new ProtocolViolation(WireRule.TEXT_TOO_LONG, "a peer ID of " + text.length() + " characters");
        }
        if (text.startsWith("1") || text.startsWith("Qm")) {
            return fromBytes(Multibase.BASE58_BTC.decode(text));
        }
        ByteBuf cid = Unpooled.wrappedBuffer(Multibase.decodePrefixed(text));
        if (Varint.read(cid) != CID_VERSION || Varint.read(cid) != LIBP2P_KEY_CODEC) {
            throw malformed("not a CIDv1 of a libp2p key");
        }
        byte[] multihash = new byte[cid.readableBytes()];
        cid.readBytes(multihash);
        return fromBytes(multihash);
    }

    /** The multihash. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The key itself where the ID inlines one that is valid. */
    public Optional<PublicKey> inlineKey() {
        if (bytes[0] != Multihash.IDENTITY) {
            return Optional.empty();
        }
        try {
            return Optional.of(PublicKey.fromProtobuf(Arrays.copyOfRange(bytes, 2, bytes.length)));
        } catch (ProtocolViolation notAKey) {
            return Optional.empty();
        }
    }

    /** The beginning of the text, for logs that people read. */
    public String shortId() {
        String whole = toString();
        return whole.length() <= SHORT_CHARS ? whole : whole.substring(0, SHORT_CHARS) + "...";
    }

    /** The base58 text, the form that people exchange. */
    @Override
    public String toString() {
        String known = text;
        if (known == null) {
            known = Multibase.BASE58_BTC.encode(bytes);
            text = known;
        }
        return known;
    }

    @Override
    public int compareTo(PeerId other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    private static ProtocolViolation malformed(String detail) {
        return new ProtocolViolation(WireRule.PEER_ID_MALFORMED, detail);
    }
}
