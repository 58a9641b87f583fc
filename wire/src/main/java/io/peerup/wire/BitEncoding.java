package io.peerup.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** RFC 4648 without padding: every symbol carries a fixed number of bits, and the unused last ones are zero. */
final class BitEncoding implements BaseEncoding {
    private final Alphabet alphabet;
    private final int bitsPerSymbol;

    BitEncoding(Alphabet alphabet) {
        this.alphabet = alphabet;
        this.bitsPerSymbol = Integer.numberOfTrailingZeros(alphabet.size());
    }

    @Override
    public String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder((int) ((bytes.length * 8L + bitsPerSymbol - 1) / bitsPerSymbol));
        int held = 0;
        int heldBits = 0;
        for (byte b : bytes) {
            held = ((held << 8) | (b & 0xff)) & 0xffff;
            heldBits += 8;
            while (heldBits >= bitsPerSymbol) {
                heldBits -= bitsPerSymbol;
                text.append(alphabet.symbol((held >>> heldBits) & (alphabet.size() - 1)));
            }
        }
        if (heldBits > 0) {
            text.append(alphabet.symbol((held << (bitsPerSymbol - heldBits)) & (alphabet.size() - 1)));
        }
        return text.toString();
    }

    @Override
    public byte[] decode(String text) throws ProtocolViolation {
        ByteBuf bytes = Unpooled.wrappedBuffer(new byte[(int) (text.length() * (long) bitsPerSymbol / 8)])
                .clear();
        int held = 0;
        int heldBits = 0;
        for (int i = 0; i < text.length(); i++) {
            held = ((held << bitsPerSymbol) | alphabet.digit(text.charAt(i))) & 0xffff;
            heldBits += bitsPerSymbol;
            if (heldBits >= 8) {
                heldBits -= 8;
                bytes.writeByte(held >>> heldBits);
            }
        }
        if (heldBits >= bitsPerSymbol || (held & ((1 << heldBits) - 1)) != 0) {
            throw new ProtocolViolation(WireRule.TEXT_NOT_IN_BASE, "left-over bits at the end");
        }
        return bytes.array();
    }
}
