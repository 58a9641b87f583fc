package io.peerup.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.MuxedConnection;
import io.peerup.swarm.MuxedStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A connection with a way to open streams on it, for the suites that say what streams and connections do. */
public abstract class StreamContract {
    /** More than any muxer lets a peer send that nobody reads. */
    protected static final int MORE_THAN_ANY_CREDIT = 1 << 20;

    private final ArrayDeque<StreamEnd> arrivedAtInitiator = new ArrayDeque<>();
    private final ArrayDeque<StreamEnd> arrivedAtResponder = new ArrayDeque<>();
    private final List<StreamEnd> all = new ArrayList<>();
    private MuxedPair pair;

    /** A new connection, with who takes the streams that arrive at either end. */
    protected abstract MuxedPair connect(
            Consumer<MuxedStream> initiatorAccepts, Consumer<MuxedStream> responderAccepts);

    /** Both ends of one stream: whoever opened it is near. */
    protected record Stream(StreamEnd near, StreamEnd far) {}

    @BeforeEach
    final void connect() {
        pair = connect(
                stream -> arrivedAtInitiator.add(record(stream)), stream -> arrivedAtResponder.add(record(stream)));
        pair.settle();
    }

    @AfterEach
    final void nobodyHeardMoreAfterTheEnd() {
        pair.close();
        assertThat(all).noneMatch(StreamEnd::toldMoreAfterTheEnd);
    }

    /** The connection of this test. */
    protected final MuxedPair pair() {
        return pair;
    }

    /** Returns when nothing is under way any more. */
    protected final void settle() {
        pair.settle();
    }

    /** A stream that the initiator has opened. */
    protected final Stream open() {
        return openFrom(pair.initiator(), arrivedAtResponder);
    }

    /** A stream that the responder has opened. */
    protected final Stream openByResponder() {
        return openFrom(pair.responder(), arrivedAtInitiator);
    }

    /** The near end of a stream of the initiator, of which nothing has arrived yet. */
    protected final StreamEnd openWithoutWaiting() {
        return opened(pair.initiator());
    }

    /** The oldest stream that arrived at the responder and was not asked for yet. */
    protected final StreamEnd arrival() {
        return arrivedAtResponder.remove();
    }

    /** How many such streams there are. */
    protected final int arrivals() {
        return arrivedAtResponder.size();
    }

    /** Random bytes, the same ones for the same length. */
    protected static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Exactly these bytes have arrived, whether or not more may come. */
    protected static void assertReceived(StreamEnd end, byte[] expected) {
        assertThat(end.receivedBytes()).isEqualTo(expected.length);
        assertThat(Arrays.mismatch(end.received(), expected)).isEqualTo(-1);
    }

    private Stream openFrom(MuxedConnection opener, ArrayDeque<StreamEnd> arrived) {
        StreamEnd near = opened(opener);
        settle();
        return new Stream(near, arrived.remove());
    }

    private StreamEnd opened(MuxedConnection opener) {
        MuxedStream stream = opener.openStream().toCompletableFuture().getNow(null);
        assertThat(stream).as("a stream, opened at once").isNotNull();
        return record(stream);
    }

    private StreamEnd record(MuxedStream stream) {
        StreamEnd end = new StreamEnd(stream);
        all.add(end);
        return end;
    }
}
