package io.peerup.identify;

import static io.peerup.identify.Samples.PEER;
import static io.peerup.identify.Samples.STRANGER;
import static io.peerup.identify.Samples.address;
import static io.peerup.identify.Samples.read;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.Unpooled;
import io.peerup.wire.ProtoWriter;
import io.peerup.wire.ProtocolViolation;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The catalogues of rules, each broken. */
class IdentifyRuleTest {
    private static final byte[] ECHO = new byte[PingRound.BYTES];

    @ParameterizedTest
    @EnumSource(IdentifyRule.class)
    void ofIdentifyIsBroken(IdentifyRule rule) {
        assertThatExceptionOfType(ProtocolViolation.class)
                .isThrownBy(breaking(rule))
                .extracting(ProtocolViolation::rule)
                .isEqualTo(rule);
    }

    @ParameterizedTest
    @EnumSource(PingRule.class)
    void ofPingIsBroken(PingRule rule) {
        assertThatExceptionOfType(ProtocolViolation.class)
                .isThrownBy(breaking(rule))
                .extracting(ProtocolViolation::rule)
                .isEqualTo(rule);
    }

    /** Exhaustive, so that a rule without a case does not compile. */
    private static ThrowingCallable breaking(IdentifyRule rule) {
        return switch (rule) {
            case MALFORMED -> () -> read(List.of(new byte[] {0x0b}));
            case NO_MESSAGE -> () -> read(List.of());
            case TOO_MANY_MESSAGES -> () -> read(Collections.nCopies(IdentifyReader.MAX_MESSAGES + 1, new byte[0]));
            case TOO_MANY_PROTOCOLS ->
                () -> read(List.of(repeated(IdentifyReader.PROTOCOLS, IdentifyReader.MAX_PROTOCOLS + 1)));
            case TOO_MANY_ADDRESSES ->
                () -> read(List.of(repeated(IdentifyReader.LISTEN_ADDRESSES, IdentifyReader.MAX_ADDRESSES + 1)));
            case FOREIGN_KEY ->
                () -> new Claims(PEER.peerId(), address("/ip4/11.0.0.2/tcp/1")).answered(Samples.message(STRANGER));
        };
    }

    private static ThrowingCallable breaking(PingRule rule) {
        return switch (rule) {
            case ANSWER_DIFFERS -> () -> new PingRound(ECHO).receive(Unpooled.wrappedBuffer(new byte[] {0, 1}));
            case ANSWER_TOO_LONG ->
                () -> new PingRound(ECHO).receive(Unpooled.wrappedBuffer(new byte[PingRound.BYTES + 1]));
        };
    }

    private static byte[] repeated(int field, int times) {
        ProtoWriter out = new ProtoWriter();
        for (int i = 0; i < times; i++) {
            out.string(field, "x");
        }
        return out.toByteArray();
    }
}
