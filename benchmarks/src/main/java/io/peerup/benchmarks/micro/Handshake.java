package io.peerup.benchmarks.micro;

import io.peerup.noise.NoiseHandshake;
import io.peerup.noise.NoiseHandshake.Established;
import io.peerup.noise.NoiseHandshake.Step;
import io.peerup.noise.NoiseKey;
import io.peerup.swarm.ProtocolId;
import io.peerup.wire.Identity;
import io.peerup.wire.ProtocolViolation;
import java.util.List;
import java.util.Optional;

/**
 * Both ends of a Noise handshake.
 *
 * @param initiator what the initiator has at its end
 * @param responder what the responder has
 */
record Handshake(Established initiator, Established responder) {
    private static final List<ProtocolId> MUXERS = List.of(ProtocolId.of("/yamux/1.0.0"));

    static Handshake between(NoiseKey initiator, NoiseKey responder, Identity dialed) throws ProtocolViolation {
        Step.Reply begun = NoiseHandshake.initiate(initiator, dialed.peerId(), MUXERS);
        Step.Reply answered = (Step.Reply)
                NoiseHandshake.respond(responder, Optional.empty(), MUXERS).receive(begun.message());
        Step.Done concluded = (Step.Done) begun.next().receive(answered.message());
        Step.Done proved =
                (Step.Done) answered.next().receive(concluded.message().orElseThrow());
        return new Handshake(concluded.established(), proved.established());
    }
}
