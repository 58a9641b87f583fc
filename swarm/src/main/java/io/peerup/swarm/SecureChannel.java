package io.peerup.swarm;

import io.netty.channel.Channel;
import io.peerup.wire.PeerId;
import io.peerup.wire.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A security protocol, such as Noise. One instance serves every connection of a host; its key is in it. */
public interface SecureChannel {
    /** The name it is negotiated under, for example {@code /noise}. */
    ProtocolId id();

    /**
     * Runs the handshake by handlers at the tail of the channel's pipeline, which afterwards carries plaintext.
     *
     * <p>Called on the channel's event loop and completes there, before the first plaintext is fired down the
     * pipeline: whoever waits installs the next handler synchronously. Fails (never completes with a wrong identity)
     * when the handshake is broken, the peer is not {@code expected}, or the channel closes; the caller then closes
     * the channel. The deadline is the caller's.
     *
     * @param expected the peer that must be at the other end; an initiator knows it, a responder usually does not
     * @param muxers our muxers in order of preference, for negotiation inside the handshake; may be empty
     */
    CompletionStage<Secured> secure(Channel raw, Role role, Optional<PeerId> expected, List<ProtocolId> muxers);

    /**
     * What the handshake proved.
     *
     * @param remotePeer derived from {@code remoteKey}
     * @param muxer agreed on inside the handshake, empty when the muxer must be negotiated by multistream-select
     */
    record Secured(PeerId remotePeer, PublicKey remoteKey, Optional<ProtocolId> muxer) {}
}
