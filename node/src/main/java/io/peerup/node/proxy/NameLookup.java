package io.peerup.node.proxy;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one host name, looked up anew for whoever asks. The system's lookup blocks and cannot be interrupted,
 * so at most one is under way, on a virtual thread, and those who ask meanwhile share it. May be used from any thread.
 */
final class NameLookup {
    private final Supplier<CompletableFuture<List<InetAddress>>> start;
    private @Nullable CompletableFuture<List<InetAddress>> underWay;

    NameLookup(Supplier<CompletableFuture<List<InetAddress>>> start) {
        this.start = start;
    }

    /** Asks the system. */
    static NameLookup system(String host) {
        return new NameLookup(() -> {
            CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();
            Thread.ofVirtual().name("lookup " + host).start(() -> {
                try {
                    addresses.complete(List.of(InetAddress.getAllByName(host)));
                } catch (Exception unknown) {
                    addresses.completeExceptionally(unknown);
                }
            });
            return addresses;
        });
    }

    /** At least one address; fails if the name is not known. */
    synchronized CompletionStage<List<InetAddress>> addresses() {
        if (underWay == null || underWay.isDone()) {
            underWay = start.get();
        }
        return underWay;
    }
}
