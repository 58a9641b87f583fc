package io.peerup.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.peerup.node.proxy.netty.LocalSocket;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.strands.Strands.Strand;
import io.peerup.swarm.strands.Strands.StrandScope;
import io.peerup.testkit.strands.SimStrands;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceDialTest {
    private final SimStrands strands = new SimStrands();
    private final StrandScope scope = strands.open("test");
    private final CompletableFuture<List<InetAddress>> names = new CompletableFuture<>();
    private final List<InetSocketAddress> dialed = new ArrayList<>();
    private CompletableFuture<LocalSocket> connecting = new CompletableFuture<>();
    private final Strand<LocalSocket> story = scope.fork(
            "dial",
            new ServiceDial(
                    new ExposedService(
                            "ssh",
                            ProtocolId.of("/peerup/ssh/1.0.0"),
                            InetSocketAddress.createUnresolved("box", 22),
                            Optional.empty()),
                    new NameLookup(() -> names),
                    (to, patience) -> {
                        dialed.add(to);
                        connecting = new CompletableFuture<>();
                        return connecting;
                    },
                    strands)::run);

    @AfterEach
    void end() {
        scope.close();
    }

    @Test
    void itConnectsToTheFirstAddressThatAnswers() throws Exception {
        found("127.0.0.1", "::1");
        fail(new ConnectException("Connection refused: box"));
        Socket socket = new Socket();
        connecting.complete(socket);
        strands.runUntilIdle();
        assertThat(story.result().toCompletableFuture()).isCompletedWithValue(socket);
        assertThat(dialed)
                .extracting(to -> to.getAddress().getHostAddress() + " " + to.getPort())
                .containsExactly("127.0.0.1 22", "0:0:0:0:0:0:0:1 22");
    }

    @Test
    void aServiceThatIsDownIsToldWithItsAddress() throws Exception {
        found("127.0.0.1");
        fail(new ConnectException("Connection refused: box/127.0.0.1:22"));
        assertFailed("service ssh: nothing listens on box:22; start the service or check its local_address");
    }

    @Test
    void aNameThatNobodyKnowsIsToldAsSuch() {
        names.completeExceptionally(new UnknownHostException("box"));
        assertFailed("service ssh: there is no host named box; check its local_address");
    }

    @Test
    void allAddressesTogetherHaveTenSeconds() throws Exception {
        found("10.0.0.1", "10.0.0.2");
        strands.advance(Duration.ofSeconds(6));
        fail(new ConnectException("No route to host"));
        strands.advance(Duration.ofSeconds(4));
        assertFailed("service ssh: box:22 did not answer within 10 s");
        assertThat(connecting).isCancelled();
    }

    @Test
    void aLookupThatNeverEndsIsGivenUp() {
        strands.advance(Duration.ofSeconds(10));
        assertFailed("service ssh: looking up box took more than 10 s");
    }

    @Test
    void anotherProblemIsToldInItsOwnWords() throws Exception {
        found("10.0.0.1");
        fail(new ConnectException("No route to host"));
        assertFailed("service ssh: cannot connect to box:22: No route to host");
    }

    @Test
    void aDialThatIsCancelledLeavesNoSocketBehind() throws Exception {
        found("127.0.0.1");
        story.cancel();
        strands.runUntilIdle();
        assertThat(connecting).isCancelled();
    }

    @Test
    void aSocketThatCameAtTheVeryMomentOfCancellingIsReset() throws Exception {
        found("127.0.0.1");
        Socket socket = new Socket();
        story.cancel();
        connecting.complete(socket);
        strands.runUntilIdle();
        boolean handedOut = !story.result().toCompletableFuture().isCompletedExceptionally();
        assertThat(handedOut || socket.reset).isTrue();
    }

    private void found(String... addresses) throws UnknownHostException {
        List<InetAddress> all = new ArrayList<>();
        for (String address : addresses) {
            all.add(InetAddress.getByName(address));
        }
        names.complete(all);
        strands.runUntilIdle();
    }

    private void fail(Exception why) {
        connecting.completeExceptionally(why);
        strands.runUntilIdle();
    }

    private void assertFailed(String line) {
        strands.runUntilIdle();
        CompletableFuture<LocalSocket> result = story.result().toCompletableFuture();
        assertThat(result).isCompletedExceptionally();
        assertThat(OneLine.of(result.exceptionNow())).isEqualTo(line);
    }

    private static final class Socket implements LocalSocket {
        private boolean reset;

        @Override
        public Channel channel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ChannelFuture finish() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void reset() {
            reset = true;
        }
    }
}
