package io.peerup.wire;

import java.util.Arrays;
import java.util.Locale;

/** The digits of a base, in order, all ASCII. */
final class Alphabet {
    private final String symbols;
    private final byte[] digits = new byte[128];

    private Alphabet(String symbols, boolean anyCase) {
        this.symbols = symbols;
        Arrays.fill(digits, (byte) -1);
        for (int i = 0; i < symbols.length(); i++) {
            digits[symbols.charAt(i)] = (byte) i;
            if (anyCase) {
                digits[symbols.toUpperCase(Locale.ROOT).charAt(i)] = (byte) i;
            }
        }
    }

    static Alphabet of(String symbols) {
        return new Alphabet(symbols, false);
    }

    /** Lower-case symbols that are understood in upper case too. */
    static Alphabet ofAnyCase(String symbols) {
        return new Alphabet(symbols, true);
    }

    int size() {
        return symbols.length();
    }

    char symbol(int digit) {
        return symbols.charAt(digit);
    }

    int digit(char symbol) throws ProtocolViolation {
        int digit = symbol < digits.length ? digits[symbol] : -1;
        if (digit < 0) {
            throw new ProtocolViolation(WireRule.TEXT_NOT_IN_BASE, "character " + (int) symbol);
        }
        return digit;
    }
}
