package io.peerup.noise.netty;

import io.netty.channel.Channel;
import io.peerup.noise.NoiseHandshake;
import io.peerup.noise.NoiseKey;
import io.peerup.swarm.ProtocolId;
import io.peerup.swarm.Role;
import io.peerup.swarm.SecureChannel;
import io.peerup.wire.Identity;
import io.peerup.wire.PeerId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The security protocol {@code /noise}. Spec: libp2p/specs noise/README.md (snapshot 7740c07).
 *
 * <p>A handshake costs an event loop about half a millisecond of curve arithmetic.
 */
public final class Noise implements SecureChannel {
    /** The name it is negotiated under. */
    public static final ProtocolId ID = ProtocolId.of("/noise");

    private final NoiseKey key;

    private Noise(NoiseKey key) {
        this.key = key;
    }

    /** For all connections of this identity. */
    public static Noise of(Identity identity) {
        return new Noise(NoiseKey.generate(identity));
    }

    @Override
    public ProtocolId id() {
        return ID;
    }

    @Override
    public CompletionStage<Secured> secure(Channel raw, Role role, Optional<PeerId> expected, List<ProtocolId> muxers) {
        CompletableFuture<Secured> secured = new CompletableFuture<>();
        raw.pipeline()
                .addLast(
                        switch (role) {
                            case INITIATOR -> {
                                PeerId dialed = expected.orElseThrow(
                                        () -> new IllegalArgumentException("an initiator knows whom it dials"));
                                yield NoiseHandshakeHandler.initiator(
                                        NoiseHandshake.initiate(key, dialed, muxers), secured);
                            }
                            case RESPONDER ->
                                NoiseHandshakeHandler.responder(NoiseHandshake.respond(key, expected, muxers), secured);
                        });
        return secured;
    }
}
