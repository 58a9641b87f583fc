package io.peerup.wire;

/**
 * The bases that libp2p text uses, with their multibase prefixes.
 *
 * <p>Spec: multiformats/multibase. Decoding accepts exactly what some bytes encode to; base32 and base36, which have one
 * case, are understood in either.
 */
public final class Multibase {
    /** Bitcoin's base58, for peer IDs. At most 512 characters. */
    public static final Multibase BASE58_BTC = new Multibase(
            'z', new RadixEncoding(Alphabet.of("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")));

    /** Lower-case base36, for peer IDs in host names. At most 512 characters. */
    public static final Multibase BASE36 =
            new Multibase('k', new RadixEncoding(Alphabet.ofAnyCase("0123456789abcdefghijklmnopqrstuvwxyz")));

    /** Lower-case base32 of RFC 4648 without padding, for CIDs and invite codes. */
    public static final Multibase BASE32 =
            new Multibase('b', new BitEncoding(Alphabet.ofAnyCase("abcdefghijklmnopqrstuvwxyz234567")));

    /** URL-safe base64 of RFC 4648 without padding, for certificate hashes. */
    public static final Multibase BASE64_URL = new Multibase(
            'u', new BitEncoding(Alphabet.of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")));

    private final char prefix;
    private final BaseEncoding encoding;

    private Multibase(char prefix, BaseEncoding encoding) {
        this.prefix = prefix;
        this.encoding = encoding;
    }

    /** The text of {@code bytes} without prefix. */
    public String encode(byte[] bytes) {
        return encoding.encode(bytes);
    }

    /**
     * The bytes of text without prefix.
     *
     * @throws ProtocolViolation when no bytes have this text
     */
    public byte[] decode(String text) throws ProtocolViolation {
        return encoding.decode(text);
    }

    /** The text of {@code bytes} after the prefix of this base. */
    public String encodePrefixed(byte[] bytes) {
        return prefix + encode(bytes);
    }

    /**
     * The bytes of text in any of these bases, which its first character names.
     *
     * @throws ProtocolViolation when the prefix is unknown or no bytes have this text
     */
    public static byte[] decodePrefixed(String text) throws ProtocolViolation {
        return ofPrefix(text).decode(text.substring(1));
    }

    private static Multibase ofPrefix(String text) throws ProtocolViolation {
        char first = text.isEmpty() ? 0 : text.charAt(0);
        return switch (first) {
            case 'z' -> BASE58_BTC;
            case 'k', 'K' -> BASE36;
            case 'b', 'B' -> BASE32;
            case 'u' -> BASE64_URL;
            default -> throw new ProtocolViolation(WireRule.MULTIBASE_UNKNOWN, "prefix " + (int) first);
        };
    }
}
