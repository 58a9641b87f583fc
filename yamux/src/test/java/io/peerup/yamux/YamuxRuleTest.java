package io.peerup.yamux;

import static io.peerup.yamux.SessionEnd.NONE;
import static io.peerup.yamux.SessionEnd.SYN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.Unpooled;
import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxFrame.Data;
import io.peerup.yamux.YamuxFrame.Ping;
import io.peerup.yamux.YamuxFrame.WindowUpdate;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule, broken by a peer in every way there is, and what stays within it. */
class YamuxRuleTest {
    private static final int WINDOW = YamuxConfig.INITIAL_WINDOW_BYTES;

    private final SessionEnd us = SessionEnd.initiator();

    @ParameterizedTest
    @EnumSource
    void everyRuleIsKept(YamuxRule rule) {
        List<ThrowingCallable> hostile = switch (rule) {
            case VERSION -> List.of(() -> decode("010000000000000100000000"), () -> decode("ff0000000000000100000000"));
            case FRAME_TYPE ->
                List.of(() -> decode("000400000000000100000000"), () -> decode("00ff00000000000100000000"));
            case STREAM_ZERO ->
                List.of(
                        () -> decode("000000000000000000000000"),
                        () -> decode("000100010000000000000000"),
                        () -> decode("000200010000000100000000"),
                        () -> decode("000300000000000100000000"));
            case STREAM_ID_PARITY -> List.of(() -> us.opens(1), () -> us.opens(-1));
            case DUPLICATE_SYN -> List.of(this::openTwice, this::openTwiceWithData);
            case RECEIVE_WINDOW ->
                List.of(
                        this::sendMoreThanTheWindowAtOnce,
                        this::sendMoreThanTheWindowInPieces,
                        () -> us.receive(new Data(102, SYN, WINDOW + 1)),
                        () -> us.receive(new Data(104, SYN, 0xffff_ffffL)));
            case SEND_WINDOW -> List.of(this::grantTooMuch, this::grantTooMuchTwice);
            case UNREAD_REPLIES -> List.of(this::floodWithPings, this::floodWithOpens);
        };
        assertThat(hostile).allSatisfy(story -> assertBroken(rule, story));
    }

    @Test
    void exactlyTheWindowIsAllowed() throws ProtocolViolation {
        us.receive(new Data(2, SYN, WINDOW));
        us.opens(4);
        us.data(4, WINDOW - 1);
        us.data(4, 1);
        us.data(4, 0);
        assertThat(us.session.openStreams()).isEqualTo(2);
    }

    @Test
    void anOpeningFrameThatIsTooLargeLeavesNoStreamBehind() {
        assertBroken(YamuxRule.RECEIVE_WINDOW, () -> us.receive(new Data(2, SYN, WINDOW + 1)));
        assertThat(us.session.openStreams()).isZero();
    }

    @Test
    void exactlyTheLargestCreditIsAllowed() throws ProtocolViolation {
        us.opens(2);
        us.update(2, NONE, 0xffff_ffffL - WINDOW);
        assertThat(us.session.openStreams()).isEqualTo(1);
    }

    private void openTwice() throws ProtocolViolation {
        us.opens(2);
        us.opens(2);
    }

    private void openTwiceWithData() throws ProtocolViolation {
        us.opens(4);
        us.receive(new Data(4, SYN, 1));
    }

    private void sendMoreThanTheWindowAtOnce() throws ProtocolViolation {
        us.opens(2);
        us.data(2, WINDOW + 1);
    }

    private void sendMoreThanTheWindowInPieces() throws ProtocolViolation {
        us.opens(4);
        us.data(4, WINDOW);
        us.data(4, 1);
    }

    private void grantTooMuch() throws ProtocolViolation {
        us.opens(2);
        us.update(2, NONE, 0xffff_ffffL);
    }

    private void grantTooMuchTwice() throws ProtocolViolation {
        us.receive(new WindowUpdate(4, SYN, 0xffff_ffffL - WINDOW));
        us.update(4, NONE, 1);
    }

    private void floodWithPings() throws ProtocolViolation {
        for (int i = 0; i <= YamuxConfig.defaults().maxUnsentReplies(); i++) {
            us.receive(new Ping(false, i));
        }
    }

    private void floodWithOpens() throws ProtocolViolation {
        SessionEnd deaf = SessionEnd.initiator();
        for (int id = 2; id <= 4 * YamuxConfig.defaults().maxUnsentReplies(); id += 2) {
            deaf.opens(id);
            deaf.session.reset(id, 0);
        }
    }

    private static void decode(String header) throws ProtocolViolation {
        YamuxCodec.decode(Unpooled.wrappedBuffer(HexFormat.of().parseHex(header)));
    }

    private static void assertBroken(YamuxRule rule, ThrowingCallable story) {
        ProtocolViolation violation = catchThrowableOfType(ProtocolViolation.class, story);
        assertThat(violation).isNotNull();
        assertThat(violation.rule()).isEqualTo(rule);
    }
}
