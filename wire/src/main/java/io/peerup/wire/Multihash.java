package io.peerup.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A digest that names its function: varint code, varint length, digest. Spec: multiformats/multihash.
 *
 * <p>Digests of functions this project does not compute are kept as they are.
 */
public final class Multihash {
    /** The function whose digest is the data itself. */
    public static final long IDENTITY = 0x00;

    /** SHA-256. */
    public static final long SHA2_256 = 0x12;

    /** The longest digest accepted. */
    public static final int MAX_DIGEST_BYTES = 128;

    private static final int SHA2_256_BYTES = 32;

    private final long code;
    private final byte[] digest;

    private Multihash(long code, byte[] digest) {
        this.code = code;
        this.digest = digest;
    }

    /** The data itself as a digest; at most {@link #MAX_DIGEST_BYTES}. */
    public static Multihash identity(byte[] data) {
        if (data.length > MAX_DIGEST_BYTES) {
            throw new IllegalArgumentException(data.length + " bytes are too many for an identity multihash");
        }
        return new Multihash(IDENTITY, data.clone());
    }

    /** The SHA-256 of {@code data}. */
    public static Multihash sha256(byte[] data) {
        return new Multihash(SHA2_256, sha256Digest(data));
    }

    /**
     * A multihash and nothing after it.
     *
     * @throws ProtocolViolation when the bytes are anything else, or a SHA-256 digest has not 32 bytes
     */
    public static Multihash fromBytes(byte[] bytes) throws ProtocolViolation {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        long code = Varint.read(in);
        long length = Varint.read(in);
        if (length != in.readableBytes() || length > MAX_DIGEST_BYTES) {
            throw malformed(in.readableBytes() + " bytes for a digest of " + length);
        }
        if (code == SHA2_256 && length != SHA2_256_BYTES) {
            throw malformed("a SHA-256 digest of " + length + " bytes");
        }
        return new Multihash(code, Arrays.copyOfRange(bytes, in.readerIndex(), bytes.length));
    }

    /** The code of the hash function in the multicodec table. */
    public long code() {
        return code;
    }

    /** The digest without code and length. */
    public byte[] digest() {
        return digest.clone();
    }

    /** The binary form. */
    public byte[] bytes() {
        ByteBuf out = Unpooled.wrappedBuffer(new byte[Varint.size(code) + Varint.size(digest.length) + digest.length])
                .clear();
        Varint.write(out, code);
        Varint.write(out, digest.length);
        out.writeBytes(digest);
        return out.array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multihash that && code == that.code && Arrays.equals(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(code) + Arrays.hashCode(digest);
    }

    /** The base58 text. */
    @Override
    public String toString() {
        return Multibase.BASE58_BTC.encode(bytes());
    }

    static byte[] sha256Digest(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static ProtocolViolation malformed(String detail) {
        return new ProtocolViolation(WireRule.MULTIHASH_MALFORMED, detail);
    }
}
