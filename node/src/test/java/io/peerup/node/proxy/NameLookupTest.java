package io.peerup.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NameLookupTest {
    private final List<CompletableFuture<List<InetAddress>>> lookups = new ArrayList<>();
    private final NameLookup lookup = new NameLookup(() -> {
        lookups.add(new CompletableFuture<>());
        return lookups.getLast();
    });

    @Test
    void thoseWhoAskAtTheSameTimeShareOneLookup() {
        lookup.addresses();
        lookup.addresses();
        assertThat(lookups).hasSize(1);
    }

    @Test
    void whoAsksLaterIsToldWhatHoldsThen() {
        lookup.addresses();
        lookups.getFirst().complete(List.of(InetAddress.getLoopbackAddress()));
        lookup.addresses();
        assertThat(lookups).hasSize(2);
    }

    @Test
    void theSystemKnowsAnAddressThatIsWrittenOut() throws Exception {
        assertThat(NameLookup.system("127.0.0.1")
                        .addresses()
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS))
                .containsExactly(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }
}
