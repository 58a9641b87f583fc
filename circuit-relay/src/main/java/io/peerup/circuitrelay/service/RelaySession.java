package io.peerup.circuitrelay.service;

import io.peerup.circuitrelay.HopMessage;
import io.peerup.wire.Multiaddr;
import java.util.concurrent.CompletionStage;

/** A connection to a relay, as far as keeping a reservation needs it. */
interface RelaySession {
    /** Asks for a reservation; completes with the answer, or exceptionally with one line. */
    CompletionStage<HopMessage.Status> reserve();

    /** Where we reach the relay. */
    Multiaddr relayAddress();

    /** Completes when the connection is over, with why. */
    CompletionStage<?> closed();
}
