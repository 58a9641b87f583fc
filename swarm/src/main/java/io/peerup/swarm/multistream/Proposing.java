package io.peerup.swarm.multistream;

import io.peerup.swarm.ProtocolId;
import io.peerup.wire.ProtocolViolation;
import java.util.List;

/** The initiator's side, pure: tokens in, the next thing to do out. The first proposal goes out with the header. */
final class Proposing {
    private final List<ProtocolId> proposals;
    private int proposed;
    private boolean headerSeen;

    Proposing(List<ProtocolId> proposals) {
        if (proposals.isEmpty()) {
            throw new IllegalArgumentException("nothing to propose");
        }
        this.proposals = List.copyOf(proposals);
    }

    /** What a token of the responder leads to. */
    sealed interface Step {
        /** Read on. */
        record Wait() implements Step {}

        /** Refused; propose this one next. */
        record Propose(ProtocolId next) implements Step {}

        /** The responder speaks it. */
        record Agreed(ProtocolId protocol) implements Step {}

        /** The responder speaks none of them. */
        record NothingInCommon() implements Step {}
    }

    ProtocolId current() {
        return proposals.get(proposed);
    }

    Step receive(String token) throws ProtocolViolation {
        if (!headerSeen) {
            if (!token.equals(MultistreamCodec.HEADER)) {
                throw new ProtocolViolation(MultistreamRule.HEADER, "the answer does not start with the header");
            }
            headerSeen = true;
            return new Step.Wait();
        }
        if (token.equals(current().value())) {
            return new Step.Agreed(current());
        }
        if (!token.equals(MultistreamCodec.NOT_AVAILABLE)) {
            throw new ProtocolViolation(MultistreamRule.WRONG_ANSWER, "an answer that was not proposed");
        }
        proposed++;
        return proposed < proposals.size() ? new Step.Propose(current()) : new Step.NothingInCommon();
    }
}
