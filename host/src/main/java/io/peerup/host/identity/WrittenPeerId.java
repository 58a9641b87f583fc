package io.peerup.host.identity;

import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import io.peerup.wire.WireRule;

/** A peer ID that a person typed or pasted. */
public final class WrittenPeerId {
    private WrittenPeerId() {}

    /**
     * As {@link PeerId#parse}, and looks at the key that most IDs hold: the beginning of an ID can be an ID by itself,
     * of nobody.
     *
     * @throws ProtocolViolation when the text is no peer ID or was cut off
     */
    public static PeerId parse(String text) throws ProtocolViolation {
        PeerId id = PeerId.parse(text);
        boolean holdsItsKey = id.bytes()[0] == 0;
        if (holdsItsKey && id.inlineKey().isEmpty()) {
            throw new ProtocolViolation(WireRule.PEER_ID_MALFORMED, "no key in it; is a part missing?");
        }
        return id;
    }
}
