package io.peerup.interop.lab;

import java.io.IOException;

/** A router of a home: the inside may talk to anybody, the outside only answers. */
public final class HomeRouter {
    private final Namespace namespace;
    private final String wanAddress;

    private HomeRouter(Namespace namespace, String wanAddress) {
        this.namespace = namespace;
        this.wanAddress = wanAddress;
    }

    /**
     * The input chain matters as much as the forward chain: a packet that nobody asked for would otherwise be taken as
     * the router's own, be remembered, and push a later mapping for the same pair to another port.
     */
    static HomeRouter configure(Namespace namespace, String wanAddress, Nat nat)
            throws IOException, InterruptedException {
        Nft.apply(namespace, """
                add table ip lab
                add counter ip lab direct
                add counter ip lab relayed
                add counter ip lab unsolicited
                add chain ip lab arriving { type filter hook prerouting priority -300 ; }
                add rule ip lab arriving iifname != "wan" accept
                add rule ip lab arriving ip saddr %1$s counter name direct
                add rule ip lab arriving ip saddr %2$s counter name relayed
                add chain ip lab input { type filter hook input priority 0 ; policy drop ; }
                add rule ip lab input ct state established,related accept
                add rule ip lab input iifname != "wan" accept
                add rule ip lab input counter name unsolicited
                add chain ip lab forward { type filter hook forward priority 0 ; policy drop ; }
                add rule ip lab forward ct state established,related accept
                add rule ip lab forward iifname "lan" accept
                add rule ip lab forward counter name unsolicited
                add chain ip lab translate { type nat hook postrouting priority 100 ; }
                add rule ip lab translate oifname "wan" %3$s
                add chain ip lab leaving { type filter hook postrouting priority 300 ; }
                add rule ip lab leaving oifname != "wan" accept
                add rule ip lab leaving ip daddr %1$s counter name direct
                add rule ip lab leaving ip daddr %2$s counter name relayed
                """.formatted(NatLab.HOME_ADDRESSES, NatLab.RELAY_ADDRESS, nat.statement()));
        namespace.forwardPackets();
        return new HomeRouter(namespace, wanAddress);
    }

    /** The router itself, to look at or to meddle with. */
    public Namespace namespace() {
        return namespace;
    }

    /** The address the world sees. */
    public String wanAddress() {
        return wanAddress;
    }

    /** What has passed its WAN side so far. */
    public Traffic traffic() throws IOException, InterruptedException {
        return Traffic.counted(namespace);
    }

    /** Packets from outside that were dropped because nobody inside had asked for them. */
    public long unsolicitedPackets() throws IOException, InterruptedException {
        return Nft.packets(namespace, "unsolicited");
    }
}
