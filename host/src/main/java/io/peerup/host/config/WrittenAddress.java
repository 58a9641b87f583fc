package io.peerup.host.config;

import io.peerup.host.file.PrintableText;
import io.peerup.host.identity.WrittenPeerId;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;

/** Addresses and peer IDs as they stand in a configuration. */
final class WrittenAddress {
    private WrittenAddress() {}

    static Multiaddr address(String text) throws InvalidValue {
        try {
            return Multiaddr.parse(text);
        } catch (ProtocolViolation notAnAddress) {
            throw new InvalidValue("invalid address " + PrintableText.quoted(text) + " (" + notAnAddress.getMessage()
                    + "); write it like /ip4/203.0.113.50/tcp/7777");
        }
    }

    /** An address that says whose it is. */
    static Multiaddr peerAddress(String text) throws InvalidValue {
        Multiaddr address = address(text);
        if (address.peerId().isEmpty() || address.withoutPeerId().components().isEmpty()) {
            throw new InvalidValue("invalid address " + PrintableText.quoted(text)
                    + "; it must end in the peer ID: /ip4/203.0.113.50/tcp/7777/p2p/12D3KooW...");
        }
        return address;
    }

    static Multiaddr relayAddress(String text) throws InvalidValue {
        Multiaddr address = peerAddress(text);
        if (address.isRelayed()) {
            throw new InvalidValue("invalid relay address " + PrintableText.quoted(text)
                    + "; a relay cannot be reached through another one");
        }
        return address;
    }

    static PeerId peerId(String text) throws InvalidValue {
        try {
            return WrittenPeerId.parse(text);
        } catch (ProtocolViolation notAnId) {
            throw new InvalidValue("invalid peer ID " + PrintableText.quoted(text) + " (" + notAnId.getMessage()
                    + "); correct or remove it");
        }
    }
}
