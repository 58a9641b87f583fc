package io.peerup.circuitrelay.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.peerup.circuitrelay.Samples;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.ConnectionLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CircuitHandlerTest {
    private static final Optional<ConnectionLimit> LIMIT = Optional.of(Samples.limit(600, 1000));

    private final FakeStream stream = new FakeStream();
    private final List<Object> told = new ArrayList<>();

    @AfterEach
    void leaveNothing() {
        stream.reset(0);
        stream.channel.releaseInbound();
        stream.channel.checkException();
    }

    @Test
    void theEndOfACircuitThatReceivedAllItMayIsItsLimit() {
        install(LIMIT);
        stream.receive(new byte[1000]);
        stream.peerFinishes();
        assertThat(told).containsExactly(new CloseReason.RelayLimitReached("1000 bytes per direction"), "inactive");
    }

    @Test
    void aResetOfACircuitThatSentAllItMayIsItsLimit() {
        install(LIMIT);
        stream.channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[1000]));
        stream.end(new CloseReason.Remote(0));
        assertThat(told).containsExactly(new CloseReason.RelayLimitReached("1000 bytes per direction"), "inactive");
    }

    @Test
    void whatOnlyWaitsToBeSentDoesNotCount() {
        install(LIMIT);
        stream.takeNothing();
        stream.channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[1000]));
        stream.end(new CloseReason.Remote(0));
        assertThat(told).containsExactly("inactive");
    }

    @Test
    void anEndAfterItsTimeIsItsLimit() {
        install(LIMIT);
        stream.pass(600);
        stream.end(new CloseReason.Remote(0));
        assertThat(told).containsExactly(new CloseReason.RelayLimitReached("10 min"), "inactive");
    }

    @Test
    void anEarlierEndIsNone() {
        install(LIMIT);
        stream.receive(new byte[999]);
        stream.pass(597);
        stream.end(new CloseReason.Remote(0));
        assertThat(told).containsExactly("inactive");
    }

    @Test
    void whatWeCloseOurselvesHasNoOtherReason() {
        install(LIMIT);
        stream.pass(600);
        close();
        stream.end(new CloseReason.Local(0));
        assertThat(told).containsExactly("inactive");
    }

    @Test
    void thePeersFinIsTheEndOfTheConnection() {
        install(Optional.empty());
        stream.peerFinishes();
        assertThat(stream.closed()).isCompletedWithValue(new CloseReason.Finished());
        assertThat(told).containsExactly("inactive");
    }

    @Test
    void closingSendsFinAndWaitsForThePeers() {
        install(Optional.empty());
        ChannelFuture closing = close();
        assertThat(stream.finished()).isTrue();
        assertThat(stream.closed()).isNotDone();
        assertThat(closing.isDone()).isFalse();
        stream.peerFinishes();
        assertThat(stream.closed()).isCompletedWithValue(new CloseReason.Finished());
        assertThat(closing.isDone()).isTrue();
    }

    @Test
    void closingDoesNotWaitForEver() {
        install(Optional.empty());
        close();
        stream.pass(CircuitHandler.LINGER_SECONDS);
        assertThat(stream.closed()).isCompletedWithValue(new CloseReason.Local(0));
    }

    /** By the pipeline, because an embedded channel's own close cancels what is scheduled. */
    private ChannelFuture close() {
        return stream.channel.pipeline().close();
    }

    private void install(Optional<ConnectionLimit> limit) {
        stream.channel
                .pipeline()
                .addLast(new CircuitHandler(stream, limit))
                .addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                        told.add(event);
                    }

                    @Override
                    public void channelInactive(ChannelHandlerContext ctx) {
                        told.add("inactive");
                    }
                });
    }
}
