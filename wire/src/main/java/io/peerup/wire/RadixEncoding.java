package io.peerup.wire;

import java.util.Arrays;

/**
 * A positional encoding: the bytes are one big-endian number, written in another radix, and each leading zero byte is
 * one leading zero digit. Takes quadratic time, so both directions are bounded.
 */
final class RadixEncoding implements BaseEncoding {
    static final int MAX_CHARS = 512;

    private final Alphabet alphabet;

    RadixEncoding(Alphabet alphabet) {
        this.alphabet = alphabet;
    }

    @Override
    public String encode(byte[] bytes) {
        int[] digits = convert(unsigned(bytes), 256, alphabet.size());
        if (digits.length > MAX_CHARS) {
            throw new IllegalArgumentException(bytes.length + " bytes are too many for a positional encoding");
        }
        StringBuilder text = new StringBuilder(digits.length);
        for (int digit : digits) {
            text.append(alphabet.symbol(digit));
        }
        return text.toString();
    }

    @Override
    public byte[] decode(String text) throws ProtocolViolation {
        if (text.length() > MAX_CHARS) {
            throw new ProtocolViolation(WireRule.TEXT_TOO_LONG, text.length() + " characters");
        }
        int[] digits = new int[text.length()];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = alphabet.digit(text.charAt(i));
        }
        int[] converted = convert(digits, alphabet.size(), 256);
        byte[] bytes = new byte[converted.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) converted[i];
        }
        return bytes;
    }

    /** Long division, one output digit a round, least significant first. */
    private static int[] convert(int[] number, int fromRadix, int toRadix) {
        int zeros = 0;
        while (zeros < number.length && number[zeros] == 0) {
            zeros++;
        }
        int[] rest = number.clone();
        int[] reversed = new int[zeros + (number.length - zeros) * 8 + 1];
        int count = 0;
        for (int start = zeros; start < rest.length; ) {
            int remainder = 0;
            for (int i = start; i < rest.length; i++) {
                int dividend = remainder * fromRadix + rest[i];
                rest[i] = dividend / toRadix;
                remainder = dividend % toRadix;
            }
            reversed[count++] = remainder;
            while (start < rest.length && rest[start] == 0) {
                start++;
            }
        }
        int[] converted = new int[zeros + count];
        for (int i = 0; i < count; i++) {
            converted[zeros + i] = reversed[count - 1 - i];
        }
        return converted;
    }

    private static int[] unsigned(byte[] bytes) {
        int[] digits = new int[bytes.length];
        Arrays.setAll(digits, i -> bytes[i] & 0xff);
        return digits;
    }
}
