package io.peerup.interop;

import io.peerup.circuitrelay.CircuitAddress;
import io.peerup.circuitrelay.HopCodec;
import io.peerup.circuitrelay.HopMessage;
import io.peerup.circuitrelay.Peer;
import io.peerup.circuitrelay.RelayAccess;
import io.peerup.circuitrelay.RelayLimits;
import io.peerup.circuitrelay.Reservation;
import io.peerup.circuitrelay.ReservationState;
import io.peerup.circuitrelay.StaticRelay;
import io.peerup.circuitrelay.StatusCode;
import io.peerup.circuitrelay.netty.HopClient;
import io.peerup.circuitrelay.service.Relay;
import io.peerup.circuitrelay.service.ReservationKeeper;
import io.peerup.swarm.Connection;
import io.peerup.swarm.DialOutcome;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Delimited;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One of our peers in a relayed scene: reserves, dials and relays with the classes that the product uses. */
final class OurRelayPeer implements RelayPeer {
    private static final long PATIENCE_SECONDS = 30;
    private static final List<StatusCode> REFUSALS = List.of(
            StatusCode.RESERVATION_REFUSED,
            StatusCode.RESOURCE_LIMIT_EXCEEDED,
            StatusCode.PERMISSION_DENIED,
            StatusCode.CONNECTION_FAILED,
            StatusCode.NO_RESERVATION,
            StatusCode.MALFORMED_MESSAGE,
            StatusCode.UNEXPECTED_MESSAGE);

    private final JavaPeer peer;
    private final List<ReservationKeeper> keepers = new ArrayList<>();
    private final Access access = new Access();
    private Optional<Reservation> reservation = Optional.empty();

    private OurRelayPeer(JavaPeer peer) {
        this.peer = peer;
    }

    static OurRelayPeer start() throws Exception {
        return new OurRelayPeer(JavaPeer.startWithCircuits());
    }

    /** Becomes a relay, too. */
    Relay serve(RelayLimits limits) {
        return Relay.start(peer.host().swarm(), peer.identity(), limits, access, InstantSource.system());
    }

    JavaPeer peer() {
        return peer;
    }

    /** What the last {@link #reserve} was granted. */
    Reservation reservation() {
        return reservation.orElseThrow();
    }

    @Override
    public PeerId id() {
        return peer.id();
    }

    @Override
    public Multiaddr address() {
        return peer.address();
    }

    @Override
    public void connect(RelayPeer other) throws Exception {
        peer.connect(other.id(), other.address());
    }

    @Override
    public StatusCode reserve(RelayPeer relay) throws Exception {
        BlockingQueue<ReservationState> states = new LinkedBlockingQueue<>();
        keepers.add(ReservationKeeper.start(
                peer.host().swarm(),
                StaticRelay.of(List.of(relay.address())),
                InstantSource.system(),
                (who, state) -> states.add(state)));
        while (true) {
            ReservationState next = states.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            switch (next) {
                case null -> throw new IOException("no reservation and no refusal");
                case ReservationState.Connecting connecting -> {}
                case ReservationState.Reserved(Reservation granted) -> {
                    reservation = Optional.of(granted);
                    return StatusCode.OK;
                }
                case ReservationState.Retrying retrying -> throw new IOException(retrying.line());
                case ReservationState.Refused refused -> {
                    return refused.status();
                }
            }
        }
    }

    @Override
    public StatusCode reach(PeerId destination, RelayPeer relay) throws Exception {
        Multiaddr circuit = CircuitAddress.through(relay.address().withoutPeerId(), relay.id());
        DialOutcome outcome = peer.host()
                .swarm()
                .dial(destination, List.of(circuit))
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return switch (outcome) {
            case DialOutcome.Connected connected -> StatusCode.OK;
            case DialOutcome.Failed failed ->
                REFUSALS.stream()
                        .filter(refusal -> failed.line().contains(refusal.line()))
                        .findFirst()
                        .orElseThrow(() -> new IOException(failed.line()));
            case DialOutcome.Itself itself -> throw new IOException("that is ourselves");
            case DialOutcome.Gated gated -> throw new IOException("gated");
        };
    }

    @Override
    public StatusCode askToReserve(RelayPeer relay) throws Exception {
        return HopClient.reserve(connection(relay.id()), Duration.ofSeconds(PATIENCE_SECONDS))
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .status();
    }

    @Override
    public StatusCode askToConnect(PeerId destination, RelayPeer relay) throws Exception {
        byte[] request = Delimited.write(HopCodec.encode(new HopMessage.Connect(Peer.of(destination))));
        byte[] answer = Delimited.read(say(relay, HOP, request), HopCodec.MAX_MESSAGE_BYTES);
        return ((HopMessage.Status) HopCodec.decode(answer)).status();
    }

    @Override
    public byte[] say(RelayPeer to, ProtocolId protocol, byte[] bytes) throws Exception {
        StreamIo io = peer.open(to.id(), protocol);
        io.write(bytes);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] piece = new byte[1024];
        for (int read = io.read(piece); read >= 0; read = io.read(piece)) {
            answer.write(piece, 0, read);
        }
        io.finish();
        return answer.toByteArray();
    }

    @Override
    public void exercise(PeerId other, long bulkBytes) throws Exception {
        JavaPeer.ping(connection(other));
        peer.echo(other, 10_000);
        peer.upload(other, bulkBytes);
        peer.download(other, bulkBytes);
    }

    @Override
    public boolean isRelayedTo(PeerId other) {
        List<Connection> all = peer.host().swarm().connections(other);
        return all.size() == 1 && all.getFirst().isRelayed();
    }

    @Override
    public void denyReserve(PeerId who) {
        access.reserve.add(who);
    }

    @Override
    public void denyConnectTo(PeerId who) {
        access.connect.add(who);
    }

    @Override
    public void close() throws InterruptedException {
        keepers.forEach(ReservationKeeper::close);
        peer.close();
    }

    /** The connection to a peer, which there must be. */
    Connection connection(PeerId other) {
        return peer.host().swarm().connections(other).getFirst();
    }

    private static final class Access implements RelayAccess {
        private final Set<PeerId> reserve = ConcurrentHashMap.newKeySet();
        private final Set<PeerId> connect = ConcurrentHashMap.newKeySet();

        @Override
        public boolean allowsReserve(PeerId who, Multiaddr from) {
            return !reserve.contains(who);
        }

        @Override
        public boolean allowsConnect(PeerId source, Multiaddr from, PeerId destination) {
            return !connect.contains(destination);
        }
    }
}
