package io.peerup.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text whose bytes a peer chose. */
final class Utf8 {
    private Utf8() {}

    /** The text of valid UTF-8; unlike {@code new String} it replaces nothing. */
    static String decode(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }
}
