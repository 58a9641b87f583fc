package io.peerup.node.proxy.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.swarm.CloseReason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever the two sides do, in whatever order: all bytes and an end, or an error; never an end without all bytes. */
class BridgePropertiesTest {
    private static final int LARGEST_PIECE = 700;

    enum Step {
        CLIENT_SENDS,
        CLIENT_ENDS,
        CLIENT_TAKES,
        CLIENT_STALLS,
        CLIENT_BREAKS_OFF,
        PEER_SENDS,
        PEER_ENDS,
        PEER_TAKES,
        PEER_STALLS,
        PEER_RESETS,
        JOIN
    }

    @Property(tries = 3000)
    void anEndIsSeenOnlyAfterAllBytes(@ForAll("stories") List<Step> steps) {
        Run run = new Run();
        for (Step step : steps) {
            run.take(step);
            run.assertBounded();
            run.assertNoEndWithoutAllBytes();
        }
        run.takeAll();
        run.assertNoEndWithoutAllBytes();
        run.assertLive();
        run.release();
    }

    @Provide
    Arbitrary<List<Step>> stories() {
        return Arbitraries.frequencyOf(
                        Tuple.of(12, Arbitraries.of(Step.CLIENT_SENDS, Step.PEER_SENDS)),
                        Tuple.of(
                                6,
                                Arbitraries.of(
                                        Step.CLIENT_TAKES, Step.CLIENT_STALLS, Step.PEER_TAKES, Step.PEER_STALLS)),
                        Tuple.of(2, Arbitraries.of(Step.CLIENT_ENDS, Step.PEER_ENDS, Step.JOIN)),
                        Tuple.of(1, Arbitraries.of(Step.CLIENT_BREAKS_OFF, Step.PEER_RESETS, Step.JOIN)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    private static final class Run {
        private final Random random = new Random(42);
        private final FakeStream stream = new FakeStream();
        private final FakeSocket socket = new FakeSocket();
        private final Bridge bridge = Bridge.between(HeldStream.hold(stream), socket);
        private final ByteArrayOutputStream fromClient = new ByteArrayOutputStream();
        private final ByteArrayOutputStream fromPeer = new ByteArrayOutputStream();
        private boolean joined;
        private boolean clientEnded;
        private boolean peerEnded;
        private boolean broken;

        void take(Step step) {
            switch (step) {
                case CLIENT_SENDS -> {
                    if (!clientEnded) {
                        socket.side.offer(piece(fromClient));
                    }
                }
                case CLIENT_ENDS -> {
                    clientEnded = true;
                    socket.side.offerEnd();
                }
                case CLIENT_TAKES -> socket.side.takeAll();
                case CLIENT_STALLS -> socket.side.takeNothing();
                case CLIENT_BREAKS_OFF -> {
                    if (!socket.isClosed()) {
                        broken = true;
                        socket.breakOff();
                    }
                }
                case PEER_SENDS -> {
                    if (!peerEnded) {
                        stream.side.offer(piece(fromPeer));
                    }
                }
                case PEER_ENDS -> {
                    peerEnded = true;
                    stream.side.offerEnd();
                }
                case PEER_TAKES -> stream.side.takeAll();
                case PEER_STALLS -> stream.side.takeNothing();
                case PEER_RESETS -> {
                    if (!stream.closed().toCompletableFuture().isDone()) {
                        broken = true;
                        stream.end(new CloseReason.Remote(0));
                    }
                }
                case JOIN -> join();
            }
            stream.endIfFinished();
        }

        void takeAll() {
            join();
            socket.side.takeAll();
            stream.side.takeAll();
            stream.endIfFinished();
            socket.side.takeAll();
        }

        void assertBounded() {
            assertThat(stream.side.untaken()).isLessThan(FakeSide.HIGH_WATER_MARK + LARGEST_PIECE * 2);
            assertThat(socket.side.untaken()).isLessThan(FakeSide.HIGH_WATER_MARK + LARGEST_PIECE * 2);
        }

        void assertNoEndWithoutAllBytes() {
            assertIsBeginning(stream.side.taken(), fromClient.toByteArray());
            assertIsBeginning(socket.side.taken(), fromPeer.toByteArray());
            if (stream.finished()) {
                assertThat(clientEnded).isTrue();
                assertThat(stream.side.taken()).isEqualTo(fromClient.toByteArray());
            }
            if (socket.finished()) {
                assertThat(peerEnded).isTrue();
                assertThat(socket.side.taken()).isEqualTo(fromPeer.toByteArray());
            }
            assertThat(socket.isClosed() && !(socket.finished() && clientEnded)).isFalse();
        }

        void assertLive() {
            CloseReason reason = bridge.ended()
                    .thenApply(BridgeEnd::reason)
                    .toCompletableFuture()
                    .getNow(null);
            if (broken) {
                assertThat(reason).isNotNull().isNotEqualTo(new CloseReason.Finished());
                assertThat(stream.closed().toCompletableFuture()).isDone();
                assertThat(socket.isReset() || socket.isClosed()).isTrue();
            } else if (clientEnded && peerEnded) {
                assertThat(reason).isEqualTo(new CloseReason.Finished());
                assertThat(stream.finished() && socket.finished()).isTrue();
            } else {
                assertThat(reason).isNull();
                assertThat(stream.side.taken()).isEqualTo(fromClient.toByteArray());
                assertThat(socket.side.taken()).isEqualTo(fromPeer.toByteArray());
            }
        }

        void release() {
            stream.reset(0);
            socket.reset();
            stream.side.taken();
            socket.side.taken();
        }

        private void join() {
            if (!joined) {
                joined = true;
                bridge.begin();
            }
        }

        private byte[] piece(ByteArrayOutputStream record) {
            byte[] bytes = new byte[1 + random.nextInt(LARGEST_PIECE)];
            random.nextBytes(bytes);
            record.writeBytes(bytes);
            return bytes;
        }

        private static void assertIsBeginning(byte[] part, byte[] whole) {
            assertThat(part).isEqualTo(Arrays.copyOf(whole, part.length));
        }
    }
}
