package io.peerup.node.api.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a client shows to prove that it can read the owner's files.
 *
 * @param hex 64 lower-case hex digits
 */
record Cookie(String hex) {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Cookie random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Cookie(HexFormat.of().formatHex(bytes));
    }

    /** Whether an {@code Authorization} header carries it; takes equally long whichever digit is wrong. */
    boolean isIn(String authorization) {
        return MessageDigest.isEqual(bytes("Bearer " + hex), bytes(authorization));
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "Cookie";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
