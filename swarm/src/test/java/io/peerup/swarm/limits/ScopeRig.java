package io.peerup.swarm.limits;

import io.peerup.swarm.Direction;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;

/** Scopes, and what a test asks of them. */
final class ScopeRig {
    static final ProtocolId ECHO = ProtocolId.of("/echo/1.0.0");
    static final long ANY = ScopeLimits.UNLIMITED;
    private static final Multiaddr SOMEWHERE = address("/ip4/11.0.0.2/tcp/50000");

    final ResourceScopes scopes;
    long nowNanos;

    ScopeRig(ResourceLimits limits) {
        scopes = new ResourceScopes(limits, () -> nowNanos);
    }

    static Multiaddr address(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (ProtocolViolation typo) {
            throw new AssertionError(typo);
        }
    }

    /** Always the same for one number. */
    static PeerId peer(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        return Identity.ofEd25519Seed(seed).peerId();
    }

    ConnectionScope stranger() {
        return granted(scopes.openConnection(Direction.INBOUND, SOMEWHERE));
    }

    ConnectionScope connection(int peer) {
        ConnectionScope connection = stranger();
        connection.upgraded(peer(peer)).ifPresent(refusal -> {
            throw new AssertionError(refusal);
        });
        return connection;
    }

    Admission<ConnectionScope> from(String remote) {
        return scopes.openConnection(Direction.INBOUND, address(remote));
    }

    long held(Resource resource) {
        return scopes.held().getOrDefault(resource, -1L);
    }

    static <S> S granted(Admission<S> admission) {
        return switch (admission) {
            case Admission.Granted<S>(S scope) -> scope;
            case Admission.Refused<S>(Refusal why) -> throw new AssertionError(why);
        };
    }

    static <S> Refusal refused(Admission<S> admission) {
        return switch (admission) {
            case Admission.Granted<S>(S scope) -> throw new AssertionError("let in");
            case Admission.Refused<S>(Refusal why) -> why;
        };
    }
}
