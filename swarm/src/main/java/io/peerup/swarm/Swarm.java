package io.peerup.swarm;

import io.peerup.swarm.Connection.LimitedConnections;
import io.peerup.swarm.Connection.NegotiatedStream;
import io.peerup.swarm.limits.Machine;
import io.peerup.swarm.limits.Refusal;
import io.peerup.swarm.limits.Resource;
import io.peerup.swarm.limits.ResourceScopes;
import io.peerup.swarm.strands.Strands;
import io.peerup.swarm.trimming.PeerProtections;
import io.peerup.swarm.trimming.PeerTags;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one node: listens, dials, serves protocols, and owns what protocols learn from each other. One
 * per identity. Methods may be called from any thread; those that wait say so.
 */
public final class Swarm {
    private static final Logger LOG = LoggerFactory.getLogger(Swarm.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    /** As go-libp2p. */
    private static final int MAX_ADDRESSES_OF_THE_GONE = 20;

    private final PeerId self;
    private final SwarmConfig config;
    private final ConnectionGater gater;
    private final Strands strands;
    private final Strands.StrandScope stories;
    private final List<Transport> transports = new CopyOnWriteArrayList<>();
    private final List<Transport.Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<SwarmEvent>> subscribers = new CopyOnWriteArrayList<>();
    private final ConnectionTable connections = new ConnectionTable();
    private final ResourceScopes resources;
    private final Trimming trimming;
    private final Dials dials;
    private final Protocols protocols = new Protocols();
    private final AddressBook addressBook = new AddressBook();
    private final SelfAddresses selfAddresses = new SelfAddresses(
            SelfAddresses::machineAddresses, set -> announce(new SwarmEvent.SelfAddressesChanged(set)));
    private volatile boolean closing;

    /** A swarm with nothing to listen on, dial with or serve yet. */
    public Swarm(PeerId self, SwarmConfig config, ConnectionGater gater, Strands strands) {
        this.self = self;
        this.config = config;
        this.gater = new AnnouncedGate(gater, this::announce);
        this.strands = strands;
        this.stories = strands.open("swarm");
        this.resources = new ResourceScopes(config.limits(), strands::nanoTime);
        config.limits().beyond(Machine.here()).ifPresent(LOG::warn);
        this.trimming = new Trimming(connections, config.watermarks(), strands, stories);
        config.watermarks()
                .beyond(config.limits().system().of(Resource.INBOUND_CONNECTIONS))
                .ifPresent(LOG::warn);
        this.dials = new Dials(
                this.gater,
                this::transportFor,
                new DialRace(
                        strands,
                        address -> transportFor(address).orElseThrow(),
                        this::adoptDialed,
                        config.dialTimeout()),
                stories);
    }

    /** Our own peer ID. */
    public PeerId self() {
        return self;
    }

    /** Where peers may be found. */
    public AddressBook addressBook() {
        return addressBook;
    }

    /** Our own addresses. */
    public SelfAddresses selfAddresses() {
        return selfAddresses;
    }

    /** The clock and the stories. */
    public Strands strands() {
        return strands;
    }

    /**
     * The gate that this swarm was given, and who tells subscribers whom it turned away. Upgraders and transports of
     * this swarm ask this one.
     */
    public ConnectionGater gater() {
        return gater;
    }

    /** What all connections and streams hold. Upgraders of this swarm count in this one. */
    public ResourceScopes resources() {
        return resources;
    }

    /** What connected peers are worth when connections are trimmed. */
    public PeerTags tags() {
        return trimming.tags();
    }

    /** The peers whose connections are never trimmed. */
    public PeerProtections protections() {
        return trimming.protections();
    }

    /** Adds a way to dial and listen. */
    public void addTransport(Transport transport) {
        transports.add(transport);
    }

    /** Serves a protocol from now on; fails if its name is taken. */
    public void handle(StreamProtocol protocol) {
        protocols.add(protocol);
        announce(new SwarmEvent.LocalProtocolsChanged(protocols.served()));
    }

    /** Serves a protocol no more; streams that are open stay. */
    public void unhandle(ProtocolId id) {
        if (protocols.remove(id)) {
            announce(new SwarmEvent.LocalProtocolsChanged(protocols.served()));
        }
    }

    /** The protocols that we serve. */
    public Set<ProtocolId> servedProtocols() {
        return protocols.served();
    }

    /** Hears every fact from now on, on the thread where it happens; returns how to stop. */
    public Runnable subscribe(Consumer<SwarmEvent> subscriber) {
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    /** Listens; fails with one clear line when the address cannot be bound or no transport knows it. */
    public CompletionStage<Multiaddr> listen(Multiaddr address) {
        Optional<Transport> transport = transports.stream()
                .filter(candidate -> candidate.listens(address))
                .findFirst();
        if (transport.isEmpty()) {
            return CompletableFuture.failedStage(
                    new UnsupportedOperationException("no transport listens on " + address));
        }
        return transport.get().listen(address, this::adoptAccepted).thenApply(listener -> {
            listeners.add(listener);
            if (closing) {
                stop(listener);
                throw new IllegalStateException("this node stops, it does not listen on " + listener.address());
            }
            selfAddresses.listening(listener.address());
            announce(new SwarmEvent.Listening(listener.address()));
            return listener.address();
        });
    }

    /** All live connections. */
    public List<Connection> connections() {
        return List.copyOf(connections.all());
    }

    /** The live connections to a peer. */
    public List<Connection> connections(PeerId peer) {
        return List.copyOf(connections.to(peer));
    }

    /** What a connected peer says about itself, once identify has asked it. */
    public Optional<IdentifiedPeer> identified(PeerId peer) {
        return protocols.identified(peer);
    }

    /** Records what identify learned, and announces what is new in it. */
    public void identified(Connection connection, IdentifiedPeer peer) {
        Optional<Set<ProtocolId>> known = connections.whileConnected(peer.peer(), () -> learn(peer));
        if (known.isEmpty()) {
            return;
        }
        peer.observed().ifPresent(observed -> {
            selfAddresses.observed(connection, observed);
            announce(new SwarmEvent.AddressObserved(connection, observed));
        });
        announce(new SwarmEvent.PeerIdentified(connection, peer));
        Set<ProtocolId> added = new HashSet<>(peer.protocols());
        added.removeAll(known.get());
        Set<ProtocolId> removed = new HashSet<>(known.get());
        removed.removeAll(peer.protocols());
        if (!added.isEmpty() || !removed.isEmpty()) {
            announce(new SwarmEvent.ProtocolsChanged(peer.peer(), Set.copyOf(added), Set.copyOf(removed)));
        }
    }

    private Set<ProtocolId> learn(IdentifiedPeer peer) {
        Optional<IdentifiedPeer> before = protocols.learn(peer);
        addressBook.replace(
                peer.peer(),
                before.map(IdentifiedPeer::addresses).orElse(List.of()),
                peer.addresses(),
                AddressBook.RECENTLY_CONNECTED,
                strands.nanoTime());
        return before.map(IdentifiedPeer::protocols).orElse(Set.of());
    }

    /**
     * Connects to a peer at the addresses the address book knows, or returns the best connection there is. Calls for
     * one peer at the same time share one dial. Never completes exceptionally.
     */
    public CompletionStage<DialOutcome> connect(PeerId peer) {
        Optional<SwarmConnection> best = connections.best(peer);
        if (best.isPresent()) {
            return CompletableFuture.completedStage(new DialOutcome.Connected(best.get(), false));
        }
        return dial(peer, addressBook.addresses(peer, strands.nanoTime()));
    }

    /**
     * Dials a peer at these addresses even if there is a connection; otherwise as {@link #connect}. Waits for a dial to
     * the peer that is under way, and goes on with the addresses that it did not try, or with all when it ended in a
     * circuit and none was asked for.
     */
    public CompletionStage<DialOutcome> dial(PeerId peer, Collection<Multiaddr> addresses) {
        return peer.equals(self)
                ? CompletableFuture.completedStage(new DialOutcome.Itself(peer))
                : dials.dial(peer, addresses);
    }

    /**
     * Opens a stream to a peer over its best connection, dialing first when there is none; otherwise as
     * {@link Connection#openStream}.
     */
    public <T> CompletionStage<T> openStream(
            PeerId peer, List<ProtocolId> wanted, LimitedConnections policy, Function<NegotiatedStream, T> attach) {
        return connect(peer).thenCompose(outcome -> switch (outcome) {
            case DialOutcome.Connected(Connection connection, boolean fresh) ->
                connection.openStream(wanted, policy, attach);
            case DialOutcome.Failed failed -> notConnected(failed.line());
            case DialOutcome.Itself itself -> notConnected(itself.peer() + " is this node itself");
            case DialOutcome.Gated gated -> notConnected(gated.peer() + " may not be dialed");
        });
    }

    /**
     * Stops: listens and dials no more, lets open streams finish for at most {@code patience}, closes connections.
     * Waits; not for an event loop. When interrupted it closes everything without waiting. Safe to call twice.
     */
    public void close(Duration patience) throws InterruptedException {
        closing = true;
        List<CompletionStage<?>> ends = new ArrayList<>();
        for (Transport.Listener listener : listeners) {
            ends.add(stop(listener));
            selfAddresses.stoppedListening(listener.address());
        }
        stories.close();
        List<SwarmConnection> open = connections.close();
        try {
            awaitAll(open.stream().map(SwarmConnection::drain).toList(), patience);
        } finally {
            open.forEach(connection -> connection.close(ErrorCode.SHUTDOWN));
        }
        open.forEach(connection -> ends.add(connection.closed()));
        awaitAll(ends, CLOSE_PATIENCE);
    }

    private static CompletionStage<?> stop(Transport.Listener listener) {
        try {
            return listener.close();
        } catch (RuntimeException bug) {
            LOG.error("the listener on {} could not be closed", listener.address(), bug);
            return CompletableFuture.completedStage(null);
        }
    }

    private Connection adoptDialed(UpgradedConnection upgraded) {
        SwarmConnection connection = new SwarmConnection(upgraded, protocols, config, strands.nanoTime());
        adopt(connection).ifPresent(why -> {
            throw new IllegalStateException("not taken in, " + why);
        });
        return connection;
    }

    private void adoptAccepted(UpgradedConnection upgraded) {
        SwarmConnection connection = new SwarmConnection(upgraded, protocols, config, strands.nanoTime());
        adopt(connection).ifPresent(why -> LOG.debug("{} not taken in, {}", connection, why));
    }

    /** Takes a connection in, or closes it and says why. */
    private Optional<String> adopt(SwarmConnection connection) {
        Optional<Refusal> full = connection.countForPeer();
        if (full.isPresent()) {
            connection.refuse(ErrorCode.RESOURCE_LIMIT_EXCEEDED);
            return full.map(Refusal::line);
        }
        if (!connections.add(connection)) {
            connection.refuse(ErrorCode.SHUTDOWN);
            return Optional.of("this node stops");
        }
        connection.start();
        trimming.connectionOpened();
        announce(new SwarmEvent.ConnectionOpened(connection));
        connection.closed().thenAccept(reason -> {
            selfAddresses.left(connection);
            boolean last = connections.remove(connection, () -> forget(connection.remotePeer()));
            announce(new SwarmEvent.ConnectionClosed(connection, reason, last));
        });
        return Optional.empty();
    }

    /** Except where to find it again, which it is asked for only while it is connected. */
    private void forget(PeerId peer) {
        protocols
                .identified(peer)
                .ifPresent(gone -> addressBook.add(
                        peer,
                        gone.addresses().stream()
                                .limit(MAX_ADDRESSES_OF_THE_GONE)
                                .toList(),
                        AddressBook.RECENTLY_CONNECTED,
                        strands.nanoTime()));
        protocols.forget(peer);
        trimming.tags().forget(peer);
    }

    private Optional<Transport> transportFor(Multiaddr address) {
        return transports.stream().filter(transport -> transport.dials(address)).findFirst();
    }

    private void announce(SwarmEvent event) {
        for (Consumer<SwarmEvent> subscriber : subscribers) {
            try {
                subscriber.accept(event);
            } catch (RuntimeException bug) {
                LOG.error("a listener failed on {}", event, bug);
            }
        }
    }

    private void awaitAll(List<? extends CompletionStage<?>> stages, Duration patience) throws InterruptedException {
        try {
            strands.await(
                    CompletableFuture.allOf(stages.stream()
                            .map(CompletionStage::toCompletableFuture)
                            .toArray(CompletableFuture<?>[]::new)),
                    patience);
        } catch (TimeoutException enough) {
            LOG.debug("not everything ended within {}", patience);
        } catch (ExecutionException failed) {
            LOG.debug("ended badly", failed.getCause());
        }
    }

    private static <T> CompletionStage<T> notConnected(String why) {
        return CompletableFuture.failedStage(new StreamRefused(StreamRefused.Cause.NOT_CONNECTED, why));
    }
}
