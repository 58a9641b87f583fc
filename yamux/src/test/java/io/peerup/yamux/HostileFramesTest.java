package io.peerup.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.wire.ProtocolViolation;
import io.peerup.yamux.YamuxFrame.Data;
import io.peerup.yamux.YamuxFrame.Flags;
import io.peerup.yamux.YamuxFrame.GoAway;
import io.peerup.yamux.YamuxFrame.Ping;
import io.peerup.yamux.YamuxFrame.WindowUpdate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever a peer and an application do, in any order, a session keeps its bounds or names the rule that was broken. */
class HostileFramesTest {
    private static final int MAX_INBOUND = 4;

    /** Something that happens to a session. */
    interface Happening {
        void to(Told told) throws ProtocolViolation;
    }

    @Property(tries = 500)
    void whatASessionTellsFitsTogetherOrItNamesTheRule(@ForAll("happenings") List<Happening> story) {
        Told told = new Told();
        try {
            for (Happening happening : story) {
                happening.to(told);
                told.listen();
            }
        } catch (ProtocolViolation violation) {
            assertThat(violation.rule()).isInstanceOf(YamuxRule.class);
        }
    }

    /** A session and which streams are open if one believes its events. */
    static final class Told {
        final SessionEnd end = SessionEnd.initiator(YamuxConfig.defaults().withMaxInboundStreams(MAX_INBOUND));
        private final Set<Integer> open = new HashSet<>();

        void open() {
            if (end.session.canOpen()) {
                open.add(end.open());
            }
        }

        void reset(int id) {
            end.session.reset(id, 7);
            open.remove(id);
        }

        void listen() {
            for (YamuxEvent event : end.events()) {
                switch (event) {
                    case YamuxEvent.Opened(int id) -> assertThat(open.add(id)).isTrue();
                    case YamuxEvent.RemoteFinished(int id) -> assertThat(open).contains(id);
                    case YamuxEvent.RemoteReset(int id, long code) ->
                        assertThat(open.remove(id)).isTrue();
                    case YamuxEvent.Overflowed(int id, long code) ->
                        assertThat(open.remove(id)).isTrue();
                    case YamuxEvent.Ended(int id) -> assertThat(open.remove(id)).isTrue();
                    case YamuxEvent.OpenPossible() -> {}
                    case YamuxEvent.GoneAway(long code) ->
                        assertThat(end.session.canOpen()).isFalse();
                    case YamuxEvent.Unresponsive() ->
                        assertThat(end.session.canOpen()).isFalse();
                }
            }
            assertThat(end.session.openStreams()).isEqualTo(open.size());
            assertThat(open).filteredOn(id -> id % 2 == 0).hasSizeLessThanOrEqualTo(MAX_INBOUND);
        }
    }

    @Property(tries = 500)
    void aPeerNeverHasMoreStreamsOpenThanItMay(@ForAll("frames") List<YamuxFrame> frames) {
        SessionEnd us = SessionEnd.initiator(YamuxConfig.defaults().withMaxInboundStreams(MAX_INBOUND));
        try {
            for (YamuxFrame frame : frames) {
                us.receive(frame);
                assertThat(us.session.openStreams()).isBetween(0, MAX_INBOUND);
            }
        } catch (ProtocolViolation violation) {
            assertThat(violation.rule()).isInstanceOf(YamuxRule.class);
        }
    }

    @Provide
    static Arbitrary<List<YamuxFrame>> frames() {
        return frame().list().ofMaxSize(60);
    }

    @Provide
    static Arbitrary<List<Happening>> happenings() {
        Arbitrary<Integer> ids = Arbitraries.integers().between(1, 12);
        Arbitrary<Integer> bytes = Arbitraries.integers().between(0, 300_000);
        Arbitrary<Happening> peer = frame().map(frame -> told -> told.end.receive(frame));
        Arbitrary<Happening> opening = Arbitraries.just(Told::open);
        Arbitrary<Happening> sending =
                Combinators.combine(ids, bytes).as((id, count) -> told -> told.end.send(id, count));
        Arbitrary<Happening> finishing = ids.map(id -> told -> told.end.session.finish(id));
        Arbitrary<Happening> resetting = ids.map(id -> told -> told.reset(id));
        Arbitrary<Happening> ignoring = ids.map(id -> told -> told.end.session.stopReading(id));
        Arbitrary<Happening> waiting = Arbitraries.integers().between(0, 20).map(seconds -> told -> {
            told.end.advance(Duration.ofSeconds(seconds));
            told.end.session.onDeadline(told.end.now());
        });
        return Arbitraries.oneOf(peer, peer, peer, opening, sending, finishing, resetting, ignoring, waiting)
                .list()
                .ofMaxSize(60);
    }

    private static Arbitrary<YamuxFrame> frame() {
        Arbitrary<Integer> ids = Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.integers().between(1, 6).map(half -> 2 * half)),
                Tuple.of(1, Arbitraries.integers().filter(id -> id != 0)));
        Arbitrary<Long> lengths = Arbitraries.frequencyOf(
                Tuple.of(10, Arbitraries.longs().between(0, 70_000)),
                Tuple.of(1, Arbitraries.longs().between(0, 0xffff_ffffL)));
        Arbitrary<Flags> flags = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.of(Flags.NONE, Flags.SYN, Flags.ACK, Flags.FIN, Flags.RST)),
                Tuple.of(1, Arbitraries.integers().between(0, 15).map(Flags::ofBits)));
        return Arbitraries.oneOf(
                Combinators.combine(ids, flags, lengths).as(Data::new),
                Combinators.combine(ids, flags, lengths).as(WindowUpdate::new),
                Combinators.combine(Arbitraries.of(true, false), lengths).as(Ping::new),
                lengths.map(GoAway::new));
    }
}
