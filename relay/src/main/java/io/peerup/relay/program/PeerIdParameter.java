package io.peerup.relay.program;

import io.peerup.host.file.PrintableText;
import io.peerup.host.identity.WrittenPeerId;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;

/** A peer ID on the command line. */
public final class PeerIdParameter {
    private PeerIdParameter() {}

    /**
     * The peer.
     *
     * @param origin where a person finds it, such as {@code the other machine prints it with: peerup whoami}
     */
    public static PeerId parse(String text, String origin) throws CommandFailed {
        try {
            return WrittenPeerId.parse(text);
        } catch (ProtocolViolation notOne) {
            throw new CommandFailed(
                    "invalid peer ID: " + PrintableText.quoted(text) + " (" + notOne.getMessage() + "); " + origin);
        }
    }
}
