package io.peerup.swarm.limits;

import static io.peerup.swarm.limits.ScopeRig.ANY;
import static io.peerup.swarm.limits.ScopeRig.ECHO;
import static io.peerup.swarm.limits.ScopeRig.granted;
import static io.peerup.swarm.limits.ScopeRig.peer;
import static io.peerup.swarm.limits.ScopeRig.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerup.swarm.Direction;
import io.peerup.swarm.ProtocolId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceScopesTest {
    private static final long CONNECTION = ConnectionScope.OPEN_BYTES;
    private static final long STREAM = StreamScope.OPEN_BYTES;
    private static final ScopeLimits FREE = ScopeLimits.unlimited();
    private static final ResourceLimits ALL_FREE = ResourceLimits.unlimited();

    // ── connections ──

    @Test
    void aStrangerIsUnderWayUntilItIsKnownWhoItIs() {
        ScopeRig rig = new ScopeRig(ALL_FREE);
        ConnectionScope connection = rig.stranger();
        assertThat(rig.scopes.heldUnderWay()).containsEntry(Resource.INBOUND_CONNECTIONS, 1L);
        assertThat(connection.upgraded(peer(1))).isEmpty();
        assertThat(rig.scopes.heldUnderWay().values()).containsOnly(0L);
        assertThat(rig.held(Resource.INBOUND_CONNECTIONS)).isEqualTo(1);
        assertThat(rig.held(Resource.FILE_DESCRIPTORS)).isEqualTo(1);
    }

    @Test
    void strangersAreBoundedAndMakeRoomWhenTheyAreKnown() {
        ScopeRig rig = new ScopeRig(ALL_FREE.withUnderWay(FREE.withConnections(1, ANY)));
        ConnectionScope first = rig.stranger();
        assertThat(refused(rig.from("/ip4/11.0.0.3/tcp/1")))
                .isEqualTo(new Refusal(ScopeKind.UNDER_WAY, Resource.INBOUND_CONNECTIONS, 1));
        first.upgraded(peer(1));
        rig.stranger();
    }

    @Test
    void aPeerThatHasTooManyStaysAStrangerUntilItIsClosed() {
        ScopeRig rig = new ScopeRig(ALL_FREE.withPeer(FREE.withConnections(1, ANY)));
        rig.connection(1);
        ConnectionScope second = rig.stranger();
        assertThat(second.upgraded(peer(1))).hasValue(new Refusal(ScopeKind.PEER, Resource.INBOUND_CONNECTIONS, 1));
        assertThat(rig.scopes.heldUnderWay()).containsEntry(Resource.INBOUND_CONNECTIONS, 1L);
        second.close();
        assertThat(rig.scopes.heldUnderWay()).containsEntry(Resource.INBOUND_CONNECTIONS, 0L);
        rig.connection(2);
    }

    @Test
    void whenTheNodeIsFullNobodyComesInButWeMayStillDial() {
        ScopeRig rig = new ScopeRig(ALL_FREE.withSystem(FREE.withConnections(1, ANY)));
        rig.stranger();
        assertThat(refused(rig.from("/ip4/11.0.0.3/tcp/1")).line())
                .isEqualTo("the limit of 1 inbound connections for the node is reached");
        granted(rig.scopes.openConnection(Direction.OUTBOUND, ScopeRig.address("/ip4/11.0.0.3/tcp/1")));
    }

    @Test
    void socketsRunOutForBothDirectionsButACircuitNeedsNone() {
        ScopeRig rig = new ScopeRig(ALL_FREE.withSystem(FREE.withFileDescriptors(1)));
        rig.stranger();
        Refusal noSocket = new Refusal(ScopeKind.SYSTEM, Resource.FILE_DESCRIPTORS, 1);
        assertThat(refused(rig.scopes.openConnection(Direction.OUTBOUND, ScopeRig.address("/ip4/11.0.0.3/tcp/1"))))
                .isEqualTo(noSocket);
        granted(rig.from("/ip4/11.0.0.9/tcp/1/p2p/" + peer(9) + "/p2p-circuit"));
    }

    @Test
    void otherSocketsTakeFromTheSameFileDescriptors() {
        ScopeRig rig = new ScopeRig(ALL_FREE.withSystem(FREE.withFileDescriptors(2)));
        rig.stranger();
        SocketScope listener = granted(rig.scopes.openSocket());
        assertThat(refused(rig.scopes.openSocket()))
                .isEqualTo(new Refusal(ScopeKind.SYSTEM, Resource.FILE_DESCRIPTORS, 2));
        listener.close();
        listener.close();
        granted(rig.scopes.openSocket());
        assertThat(rig.held(Resource.FILE_DESCRIPTORS)).isEqualTo(2);
        assertThat(rig.scopes.heldUnderWay()).containsEntry(Resource.FILE_DESCRIPTORS, 1L);
    }

    @Test
    void closingTwiceGivesBackOnce() {
        ScopeRig rig = new ScopeRig(ALL_FREE);
        ConnectionScope gone = rig.stranger();
        rig.stranger();
        gone.close();
        gone.close();
        assertThat(rig.held(Resource.INBOUND_CONNECTIONS)).isEqualTo(1);
        assertThat(gone.upgraded(peer(1))).isEmpty();
        assertThat(refused(gone.openStream(Direction.INBOUND)).line()).isEqualTo("a connection is closed");
        assertThat(gone.reserve(1)).isFalse();
        assertThat(rig.scopes.refusals()).isEmpty();
    }

    // ── streams ──

    @Test
    void aStreamCountsAgainstItsConnectionAndItsPeer() {
        ScopeRig rig =
                new ScopeRig(ALL_FREE.withConnection(FREE.withStreams(2, ANY)).withPeer(FREE.withStreams(3, ANY)));
        ConnectionScope one = rig.connection(1);
        ConnectionScope two = rig.connection(1);
        StreamScope first = granted(one.openStream(Direction.INBOUND));
        granted(one.openStream(Direction.INBOUND));
        assertThat(refused(one.openStream(Direction.INBOUND)).scope()).isEqualTo(ScopeKind.CONNECTION);
        granted(two.openStream(Direction.INBOUND));
        assertThat(refused(two.openStream(Direction.INBOUND)).scope()).isEqualTo(ScopeKind.PEER);
        granted(two.openStream(Direction.OUTBOUND));
        granted(rig.connection(2).openStream(Direction.INBOUND));

        first.close();
        granted(two.openStream(Direction.INBOUND));
        assertThat(rig.scopes.refusals())
                .isEqualTo(Map.of(
                        ScopeKind.CONNECTION, Map.of(Resource.INBOUND_STREAMS, 1L),
                        ScopeKind.PEER, Map.of(Resource.INBOUND_STREAMS, 1L)));
    }

    @Test
    void aProtocolIsBoundedOnAConnectionAndOverAllPeers() {
        ScopeRig rig = new ScopeRig(ALL_FREE.withProtocol(FREE.withStreams(3, ANY)));
        ConnectionScope one = rig.connection(1);
        ConnectionScope two = rig.connection(2);
        StreamScope first = granted(one.openStream(Direction.INBOUND));
        assertThat(first.agreed(ECHO, 2)).isEmpty();
        assertThat(granted(one.openStream(Direction.INBOUND)).agreed(ECHO, 2)).isEmpty();
        assertThat(granted(one.openStream(Direction.INBOUND)).agreed(ECHO, 2))
                .hasValue(new Refusal(ScopeKind.PROTOCOL_OF_CONNECTION, Resource.INBOUND_STREAMS, 2));
        assertThat(granted(two.openStream(Direction.INBOUND)).agreed(ECHO, 2)).isEmpty();
        StreamScope tooMany = granted(two.openStream(Direction.INBOUND));
        assertThat(tooMany.agreed(ECHO, 2)).hasValue(new Refusal(ScopeKind.PROTOCOL, Resource.INBOUND_STREAMS, 3));
        tooMany.close();
        assertThat(granted(two.openStream(Direction.INBOUND)).agreed(ProtocolId.of("/chat/1.0.0"), 2))
                .isEmpty();

        first.close();
        assertThat(granted(two.openStream(Direction.INBOUND)).agreed(ECHO, 2)).isEmpty();
    }

    @Test
    void streamsThatAgreeOnNothingAreBoundedForAll() {
        ScopeRig rig = new ScopeRig(ALL_FREE.withUnderWay(FREE.withStreams(2, ANY)));
        StreamScope first = granted(rig.connection(1).openStream(Direction.INBOUND));
        ConnectionScope two = rig.connection(2);
        granted(two.openStream(Direction.INBOUND));
        assertThat(refused(two.openStream(Direction.INBOUND)).scope()).isEqualTo(ScopeKind.UNDER_WAY);
        first.agreed(ECHO, ANY);
        granted(two.openStream(Direction.INBOUND));
    }

    /** Else two peers, of which each may open half of what may be under way, keep out everybody else. */
    @Test
    void streamsThatAgreeOnNothingAreBoundedForEachPeer() {
        ScopeRig rig = new ScopeRig(ALL_FREE.withPeerUnderWay(FREE.withStreams(2, ANY)));
        ConnectionScope one = rig.connection(1);
        ConnectionScope sameAgain = rig.connection(1);
        StreamScope first = granted(one.openStream(Direction.INBOUND));
        granted(one.openStream(Direction.INBOUND));
        assertThat(refused(sameAgain.openStream(Direction.INBOUND)))
                .isEqualTo(new Refusal(ScopeKind.UNDER_WAY_OF_PEER, Resource.INBOUND_STREAMS, 2));
        granted(rig.connection(2).openStream(Direction.INBOUND));
        first.agreed(ECHO, ANY);
        granted(sameAgain.openStream(Direction.INBOUND));
    }

    @Test
    void aStreamThatOutlivesItsConnectionIsStillCounted() {
        ScopeRig rig = new ScopeRig(ALL_FREE);
        ConnectionScope connection = rig.connection(1);
        StreamScope stream = granted(connection.openStream(Direction.INBOUND));
        connection.close();
        assertThat(rig.held(Resource.INBOUND_STREAMS)).isEqualTo(1);
        assertThat(refused(connection.openStream(Direction.INBOUND)).limit()).isZero();
        stream.close();
        assertThat(rig.scopes.held().values()).containsOnly(0L);
        assertThat(rig.scopes.sharedScopes()).isZero();
    }

    // ── memory ──

    @Test
    void memoryIsAllOrNothingAndReturnsWithItsConnection() {
        ScopeRig rig = new ScopeRig(ALL_FREE.withSystem(FREE.withMemoryBytes(2 * CONNECTION + 100)));
        ConnectionScope one = rig.connection(1);
        ConnectionScope two = rig.connection(2);
        assertThat(one.reserve(60)).isTrue();
        assertThat(two.reserve(41)).isFalse();
        assertThat(two.reserve(40)).isTrue();
        one.release(10);
        assertThat(two.reserve(10)).isTrue();
        one.close();
        assertThat(rig.held(Resource.MEMORY_BYTES)).isEqualTo(CONNECTION + 50);
        assertThat(rig.scopes.refusals()).isEqualTo(Map.of(ScopeKind.SYSTEM, Map.of(Resource.MEMORY_BYTES, 1L)));
    }

    @Test
    void theMemoryOfAStreamCountsAgainstItsConnection() {
        ScopeRig rig = new ScopeRig(ALL_FREE.withConnection(FREE.withMemoryBytes(CONNECTION + STREAM + 100)));
        ConnectionScope connection = rig.connection(1);
        StreamScope stream = granted(connection.openStream(Direction.INBOUND));
        assertThat(stream.reserve(70)).isTrue();
        assertThat(connection.reserve(31)).isFalse();
        stream.close();
        assertThat(connection.reserve(STREAM + 100)).isTrue();
    }

    @Test
    void whatIsOpenCostsMemoryBeforeItHoldsAnything() {
        ScopeRig rig = new ScopeRig(ALL_FREE.withSystem(FREE.withMemoryBytes(2 * CONNECTION + STREAM - 1)));
        ConnectionScope connection = rig.connection(1);
        StreamScope stream = granted(connection.openStream(Direction.INBOUND));
        Refusal full = new Refusal(ScopeKind.SYSTEM, Resource.MEMORY_BYTES, 2 * CONNECTION + STREAM - 1);
        assertThat(refused(rig.from("/ip4/11.0.0.3/tcp/1"))).isEqualTo(full);
        stream.close();
        granted(rig.from("/ip4/11.0.0.3/tcp/1"));
        assertThat(refused(connection.openStream(Direction.INBOUND))).isEqualTo(full);
    }

    @Test
    void givingBackMoreThanWasTakenIsABug() {
        ConnectionScope connection = new ScopeRig(ALL_FREE).connection(1);
        connection.reserve(5);
        assertThatThrownBy(() -> connection.release(6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> connection.reserve(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> connection.release(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLargestNumbersDoNotOverflow() {
        ConnectionScope connection = new ScopeRig(ALL_FREE).connection(1);
        assertThat(connection.reserve(Long.MAX_VALUE - CONNECTION)).isTrue();
        assertThat(connection.reserve(1)).isFalse();
    }
}
