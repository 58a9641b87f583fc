package io.peerup.interop.lab;

import java.io.IOException;

/**
 * What the kernel has counted at one place.
 *
 * @param directPackets from the address of one home to that of the other, arrived or not
 * @param relayPackets to and from the relay
 */
public record Traffic(long directPackets, long relayPackets) {
    static Traffic counted(Namespace where) throws IOException, InterruptedException {
        return new Traffic(Nft.packets(where, "direct"), Nft.packets(where, "relayed"));
    }
}
