package io.peerup.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.peerup.swarm.CloseReason;
import io.peerup.swarm.Connection;
import io.peerup.swarm.Direction;
import io.peerup.swarm.IdentifiedPeer;
import io.peerup.swarm.MuxedStream;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.StreamProtocol;
import io.peerup.swarm.SwarmEvent;
import io.peerup.wire.Multiaddr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** What is tried on a connected pair. Each runs with either side as the dialer and with every go-libp2p. */
enum SpineCell {
    HANDSHAKE {
        @Override
        void run(Pair pair, Pair.Dialer dialer) {
            assertThat(pair.seenByGo().get("security").getAsString()).isEqualTo("/noise");
            assertThat(pair.seenByGo().get("muxer").getAsString()).isEqualTo("/yamux/1.0.0");
            assertThat(pair.seenByGo().get("early").getAsBoolean()).isTrue();
            assertThat(pair.connection().earlyMuxer()).isTrue();
            assertThat(pair.connection().direction())
                    .isEqualTo(dialer == Pair.Dialer.JAVA ? Direction.OUTBOUND : Direction.INBOUND);
        }
    },
    PING {
        @Override
        void run(Pair pair, Pair.Dialer dialer) throws Exception {
            assertThat(pair.goDoes("ping", Map.of("count", 10)).getAsJsonArray("micros"))
                    .hasSize(10);
            for (int i = 0; i < 10; i++) {
                JavaPeer.ping(pair.connection());
            }
        }
    },
    IDENTIFY {
        @Override
        void run(Pair pair, Pair.Dialer dialer) throws Exception {
            JsonObject seen = pair.goDoes("identify", Map.of());
            assertThat(seen.get("agent").getAsString()).isEqualTo("java-peer/1");
            assertThat(seen.get("key").getAsString()).isEqualTo("Ed25519");
            assertThat(texts(seen.get("protocols")))
                    .contains("/ipfs/id/1.0.0", "/ipfs/id/push/1.0.0", "/ipfs/ping/1.0.0", "/perf/1.0.0");
            String listening = pair.java()
                    .host()
                    .swarm()
                    .selfAddresses()
                    .listening()
                    .getFirst()
                    .toString();
            assertThat(texts(seen.getAsJsonObject("signed").get("addrs"))).contains(listening);

            IdentifiedPeer go = await(
                    () -> pair.java().host().swarm().identified(pair.go().id()).orElse(null));
            assertThat(go.agent()).isEqualTo("go-peer/1");
            assertThat(go.protocols()).contains(TestProtocols.ECHO, ProtocolId.of("/ipfs/id/push/1.0.0"));
            assertThat(go.addresses()).contains(pair.go().address().withoutPeerId());
            assertThat(go.observed())
                    .map(Multiaddr::toString)
                    .contains(pair.connection().local().toString());
        }
    },
    PUSH_TO_GO {
        @Override
        void run(Pair pair, Pair.Dialer dialer) throws Exception {
            pair.goDoes("identify", Map.of());
            await(() -> pair.java().host().swarm().identified(pair.go().id()).orElse(null));
            ProtocolId fresh = ProtocolId.of("/fresh/1.0.0");
            pair.java().host().swarm().handle(new Silent(fresh));
            pair.goDoes("await-protocol", Map.of("protocol", fresh, "present", true));
            pair.java().host().swarm().unhandle(fresh);
            pair.goDoes("await-protocol", Map.of("protocol", fresh, "present", false));
        }
    },
    PUSH_FROM_GO {
        @Override
        void run(Pair pair, Pair.Dialer dialer) throws Exception {
            await(() -> pair.java().host().swarm().identified(pair.go().id()).orElse(null));
            ProtocolId fresh = ProtocolId.of("/fresh/1.0.0");
            CompletableFuture<Set<ProtocolId>> added = new CompletableFuture<>();
            CompletableFuture<Set<ProtocolId>> removed = new CompletableFuture<>();
            pair.java().host().swarm().subscribe(event -> {
                if (event instanceof SwarmEvent.ProtocolsChanged changed) {
                    if (changed.added().contains(fresh)) {
                        added.complete(changed.added());
                    }
                    if (changed.removed().contains(fresh)) {
                        removed.complete(changed.removed());
                    }
                }
            });
            pair.go().run("add-protocol", Map.of("protocol", fresh));
            added.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            pair.go().run("remove-protocol", Map.of("protocol", fresh));
            removed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    },
    STREAMS_FROM_GO {
        @Override
        void run(Pair pair, Pair.Dialer dialer) throws Exception {
            JsonObject came = pair.goDoes("streams", Map.of("count", 300, "bytes", 1000));
            assertThat(came.get("good").getAsInt()).as(came.toString()).isEqualTo(300);
        }
    },
    STREAMS_TO_GO {
        @Override
        void run(Pair pair, Pair.Dialer dialer) throws Exception {
            atOnce(300, () -> {
                pair.java().echo(pair.go().id(), 1000);
                return null;
            });
        }
    },
    UPLOAD_FROM_GO {
        @Override
        void run(Pair pair, Pair.Dialer dialer) throws Exception {
            pair.goDoes("upload", Map.of("bytes", BULK_BYTES));
        }
    },
    DOWNLOAD_BY_GO {
        @Override
        void run(Pair pair, Pair.Dialer dialer) throws Exception {
            pair.goDoes("download", Map.of("bytes", BULK_BYTES));
        }
    },
    UPLOAD_TO_GO {
        @Override
        void run(Pair pair, Pair.Dialer dialer) throws Exception {
            pair.java().upload(pair.go().id(), BULK_BYTES);
        }
    },
    DOWNLOAD_FROM_GO {
        @Override
        void run(Pair pair, Pair.Dialer dialer) throws Exception {
            pair.java().download(pair.go().id(), BULK_BYTES);
        }
    },
    HALF_CLOSE {
        @Override
        void run(Pair pair, Pair.Dialer dialer) throws Exception {
            pair.goDoes("half-close", Map.of());
            pair.java().upload(pair.go().id(), 1000);
        }
    },
    RESET_WITH_CODE {
        @Override
        void run(Pair pair, Pair.Dialer dialer) throws Exception {
            JsonObject seen = pair.goDoes("ask-reset", Map.of("code", RESET_CODE));
            assertThat(seen.get("code").getAsInt()).isEqualTo(RESET_CODE);
            assertThat(seen.get("remote").getAsBoolean()).isTrue();
            assertThat(pair.java().askReset(pair.go().id(), RESET_CODE)).isEqualTo(new CloseReason.Remote(RESET_CODE));
        }
    },
    UNKNOWN_PROTOCOL {
        @Override
        void run(Pair pair, Pair.Dialer dialer) {
            assertThat(failure(() -> pair.goDoes("open", Map.of("protocol", "/nobody/1.0.0"))))
                    .contains("protocols not supported");
            assertThat(failure(() -> pair.java().open(pair.go().id(), ProtocolId.of("/nobody/1.0.0"))))
                    .contains("does not speak /nobody/1.0.0");
        }
    },
    SLOW_BESIDE_FAST_IN_GO {
        @Override
        void run(Pair pair, Pair.Dialer dialer) throws Exception {
            pair.goDoes("slow-fast", Map.of("bytes", 20_000_000));
        }
    },
    SLOW_BESIDE_FAST_IN_JAVA {
        @Override
        void run(Pair pair, Pair.Dialer dialer) throws Exception {
            pair.java().slowFast(pair.go().id(), 20_000_000);
        }
    };

    static final long PATIENCE_SECONDS = 60;
    static final long BULK_BYTES = 100_000_000;
    static final int RESET_CODE = 0x1234;
    static final ExecutorService BACKGROUND = Executors.newVirtualThreadPerTaskExecutor();

    abstract void run(Pair pair, Pair.Dialer dialer) throws Exception;

    static <T> T await(Callable<T> question) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        T answer = question.call();
        while (answer == null && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(5);
            answer = question.call();
        }
        assertThat(answer).as("came within %s s", PATIENCE_SECONDS).isNotNull();
        return answer;
    }

    static void atOnce(int count, Callable<?> story) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(BACKGROUND.submit(story));
        }
        for (Future<?> one : all) {
            one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    static String failure(Callable<?> story) {
        try {
            story.call();
            return "it worked";
        } catch (Exception failed) {
            return String.valueOf(failed.getMessage());
        }
    }

    private static List<String> texts(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }

    /** Something to speak that nobody uses. */
    private record Silent(ProtocolId id) implements StreamProtocol {
        @Override
        public boolean allowedOnLimitedConnections() {
            return true;
        }

        @Override
        public void attach(MuxedStream stream, Connection connection) {
            stream.finish();
        }
    }
}
