package io.peerup.interop.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An internet of three hosts: a relay at {@value #RELAY_ADDRESS} and two homes, each a host behind its own NAT router.
 *
 * <pre>
 *   host-a 192.168.71.2 ── .1 router-a 11.0.0.21 ──┐
 *                                                  wan 11.0.0.1 ── 11.0.0.10 relay
 *   host-b 192.168.72.2 ── .1 router-b 11.0.0.22 ──┘
 * </pre>
 *
 * The addresses in the middle belong to a range that go-libp2p counts as public. The internet routes rather than
 * bridges, so all that passes between two sites passes one place where it is counted. Closing ends every process and
 * removes every namespace; should this JVM die, the kernel does the same.
 */
public final class NatLab implements AutoCloseable {
    /** The next hop of all sites. */
    public static final String WAN_ADDRESS = "11.0.0.1";
    /** Where both homes reach the relay. */
    public static final String RELAY_ADDRESS = "11.0.0.10";

    static final String HOME_ADDRESSES = "{ 11.0.0.21, 11.0.0.22 }";

    private final Enclosure enclosure;
    private final Namespace wan;
    private final Namespace relay;
    private final Home homeA;
    private final Home homeB;

    private NatLab(Enclosure enclosure, Nat natA, Nat natB) throws IOException, InterruptedException {
        this.enclosure = enclosure;
        this.wan = enclosure.namespace("wan");
        this.relay = enclosure.namespace("relay");
        connect(relay, RELAY_ADDRESS);
        this.homeA = home("a", natA, "11.0.0.21", "192.168.71");
        this.homeB = home("b", natB, "11.0.0.22", "192.168.72");
        wan.forwardPackets();
        Nft.apply(wan, """
                add table ip lab
                add counter ip lab direct
                add counter ip lab relayed
                add chain ip lab crossing { type filter hook forward priority 0 ; }
                add rule ip lab crossing ip saddr %1$s ip daddr %1$s counter name direct
                add rule ip lab crossing ip saddr %2$s counter name relayed
                add rule ip lab crossing ip daddr %2$s counter name relayed
                """.formatted(HOME_ADDRESSES, RELAY_ADDRESS));
        for (Namespace host : List.of(wan, relay, homeA.host(), homeB.host())) {
            host.awaitLinks();
        }
    }

    /** Two homes behind ordinary routers. The name is that of the directory of logs, under {@code target/lab}. */
    public static NatLab open(String name) throws IOException, InterruptedException {
        return open(name, Nat.PORT_RESTRICTED, Nat.PORT_RESTRICTED);
    }

    /** Ends the test as left out, or as failed on a build machine, where a laboratory cannot be had. */
    public static NatLab open(String name, Nat natA, Nat natB) throws IOException, InterruptedException {
        return open(name, LabRequirements.lab(), natA, natB);
    }

    static NatLab open(String name, Privilege privilege, Nat natA, Nat natB) throws IOException, InterruptedException {
        Path logs = Files.createDirectories(Path.of("target", "lab"));
        Enclosure enclosure = Enclosure.open(
                privilege, Files.createTempDirectory(logs, name + "-").toAbsolutePath());
        try {
            return new NatLab(enclosure, natA, natB);
        } catch (IOException | InterruptedException | RuntimeException | AssertionError failed) {
            enclosure.close();
            throw failed;
        }
    }

    /** The middle of the internet, itself a host at {@value #WAN_ADDRESS}. */
    public Namespace wan() {
        return wan;
    }

    /** The host of the relay, on the internet without a router between. */
    public Namespace relay() {
        return relay;
    }

    /** The home at 11.0.0.21. */
    public Home homeA() {
        return homeA;
    }

    /** The home at 11.0.0.22. */
    public Home homeB() {
        return homeB;
    }

    /** What has crossed the internet so far. */
    public Traffic traffic() throws IOException, InterruptedException {
        return Traffic.counted(wan);
    }

    /** Where the logs of all processes are. */
    public Path logs() {
        return enclosure.directory();
    }

    Enclosure enclosure() {
        return enclosure;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        enclosure.close();
    }

    private Home home(String name, Nat nat, String wanAddress, String lan) throws IOException, InterruptedException {
        Namespace router = enclosure.namespace("router-" + name);
        Namespace host = enclosure.namespace("host-" + name);
        connect(router, wanAddress);
        cable(host, "lan", router, "lan");
        router.ip(List.of("address add " + lan + ".1/24 dev lan", "link set lan up"));
        host.ip(List.of(
                "address add " + lan + ".2/24 dev lan", "link set lan up", "route add default via " + lan + ".1"));
        return new Home(HomeRouter.configure(router, wanAddress, nat), host, lan + ".2");
    }

    /** Puts a site on the internet by a cable of its own. */
    private void connect(Namespace site, String address) throws IOException, InterruptedException {
        cable(site, "wan", wan, site.toString());
        wan.ip(List.of("address add " + WAN_ADDRESS + " peer " + address + " dev " + site, "link set " + site + " up"));
        site.ip(List.of(
                "address add " + address + " peer " + WAN_ADDRESS + " dev wan",
                "link set wan up",
                "route add default via " + WAN_ADDRESS));
    }

    /**
     * An index far from the other end's: the kernel takes its time to bring up a link whose ends, in two namespaces,
     * have the same.
     */
    private void cable(Namespace one, String device, Namespace other, String otherDevice)
            throws IOException, InterruptedException {
        enclosure.ip(List.of("link add name %s index 100 netns %s type veth peer name %s netns %s"
                .formatted(device, one, otherDevice, other)));
    }
}
