package io.peerup.relay.cli;

import io.peerup.host.file.PrintableText;
import io.peerup.host.identity.WrittenPeerId;
import io.peerup.relay.program.CommandFailed;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;

/** A peer ID on the command line. */
final class PeerIdParameter {
    private PeerIdParameter() {}

    static PeerId parse(String text) throws CommandFailed {
        try {
            return WrittenPeerId.parse(text);
        } catch (ProtocolViolation notOne) {
            throw new CommandFailed("invalid peer ID: " + PrintableText.quoted(text) + " (" + notOne.getMessage()
                    + "); the machine's own is printed by: peerup whoami");
        }
    }
}
