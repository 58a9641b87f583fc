package io.peerup.node.proxy;

import io.netty.channel.ConnectTimeoutException;
import io.peerup.node.proxy.netty.LocalSocket;
import io.peerup.swarm.OneLine;
import io.peerup.swarm.strands.Strands;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The story of reaching a local service: look its name up and try its addresses one after the other. {@code localhost}
 * is two addresses, and many a service listens on one of them.
 */
final class ServiceDial {
    /** For the lookup and all addresses together. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ExposedService service;
    private final NameLookup lookup;
    private final Connector connector;
    private final Strands strands;

    /** Connects to one address. */
    @FunctionalInterface
    interface Connector {
        CompletableFuture<LocalSocket> connect(InetSocketAddress to, Duration patience);
    }

    ServiceDial(ExposedService service, NameLookup lookup, Connector connector, Strands strands) {
        this.service = service;
        this.lookup = lookup;
        this.connector = connector;
        this.strands = strands;
    }

    /**
     * Tells the story.
     *
     * @throws IOException with one line that says what to look at
     */
    LocalSocket run() throws IOException, InterruptedException {
        long deadline = strands.nanoTime() + PATIENCE.toNanos();
        Throwable problem = new TimeoutException();
        for (InetAddress address : resolve()) {
            Duration left = Duration.ofNanos(deadline - strands.nanoTime());
            if (!left.isPositive()) {
                break;
            }
            try {
                return connect(new InetSocketAddress(address, service.target().getPort()), left);
            } catch (ExecutionException failed) {
                problem = failed.getCause();
            } catch (TimeoutException tooLong) {
                problem = tooLong;
            }
        }
        throw new IOException(line(problem), problem);
    }

    private List<InetAddress> resolve() throws IOException, InterruptedException {
        String host = service.target().getHostString();
        String at = "service " + service.name() + ": ";
        try {
            return strands.await(lookup.addresses(), PATIENCE);
        } catch (ExecutionException unknown) {
            throw new IOException(at + "there is no host named " + host + "; check its local_address", unknown);
        } catch (TimeoutException tooLong) {
            throw new IOException(
                    at + "looking up " + host + " took more than " + PATIENCE.toSeconds() + " s", tooLong);
        }
    }

    private LocalSocket connect(InetSocketAddress to, Duration patience)
            throws ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture<LocalSocket> connecting = connector.connect(to, patience);
        try {
            return strands.await(connecting, patience);
        } catch (TimeoutException | InterruptedException givenUp) {
            connecting.thenAccept(LocalSocket::reset);
            connecting.cancel(false);
            throw givenUp;
        }
    }

    private String line(@Nullable Throwable problem) {
        String at = "service " + service.name() + ": ";
        return switch (problem) {
            case null -> at + "cannot connect to " + service.address();
            case TimeoutException tooLong -> at + noAnswer();
            case ConnectTimeoutException tooLong -> at + noAnswer();
            case ConnectException refused
            when OneLine.of(refused).contains("refused") ->
                at + "nothing listens on " + service.address() + "; start the service or check its local_address";
            case Throwable other -> at + "cannot connect to " + service.address() + ": " + OneLine.of(other);
        };
    }

    private String noAnswer() {
        return service.address() + " did not answer within " + PATIENCE.toSeconds() + " s";
    }
}
