package io.peerup.swarm.multistream;

import io.peerup.swarm.ProtocolId;
import io.peerup.wire.ProtocolViolation;
import java.util.function.Predicate;

/** The responder's side, pure. */
final class Answering {
    /** Refusals before an initiator counts as hostile; honest ones propose a handful. */
    static final int MAX_REFUSALS = 32;

    private final Predicate<ProtocolId> speaks;
    private boolean headerSeen;
    private int refusals;

    Answering(Predicate<ProtocolId> speaks) {
        this.speaks = speaks;
    }

    /** What a token of the initiator leads to. */
    sealed interface Step {
        /** Read on. */
        record Wait() implements Step {}

        /** Answer {@code na}. */
        record Refuse() implements Step {}

        /** Echo the identifier; the protocol's bytes follow. */
        record Agreed(ProtocolId protocol) implements Step {}
    }

    Step receive(String token) throws ProtocolViolation {
        if (!headerSeen) {
            if (!token.equals(MultistreamCodec.HEADER)) {
                throw new ProtocolViolation(MultistreamRule.HEADER, "no multistream header");
            }
            headerSeen = true;
            return new Step.Wait();
        }
        if (token.isEmpty()) {
            throw new ProtocolViolation(MultistreamRule.EMPTY_TOKEN, "a proposal without a name");
        }
        ProtocolId proposal = ProtocolId.of(token);
        if (speaks.test(proposal)) {
            return new Step.Agreed(proposal);
        }
        if (++refusals > MAX_REFUSALS) {
            throw new ProtocolViolation(MultistreamRule.TOO_MANY_PROPOSALS, MAX_REFUSALS + " proposals refused");
        }
        return new Step.Refuse();
    }
}
