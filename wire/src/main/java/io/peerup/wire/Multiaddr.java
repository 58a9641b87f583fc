package io.peerup.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network address that says what it is made of: a sequence of {@link Component}s with one text and one binary form.
 *
 * <p>Spec: multiformats/multiaddr. What comes from outside is bounded by {@link #MAX_BYTES} and {@link
 * #MAX_COMPONENTS}; what this process composes is not. Immutable; safe from any thread.
 */
public final class Multiaddr {
    /** The longest binary form accepted. */
    public static final int MAX_BYTES = 1024;

    /** The longest text accepted. */
    public static final int MAX_CHARS = 4096;

    /** The most components accepted. */
    public static final int MAX_COMPONENTS = 32;

    private final List<Component> components;

    private Multiaddr(List<Component> components) {
        for (int i = 0; i + 1 < components.size(); i++) {
            if (components.get(i) instanceof Component.Unix) {
                throw new IllegalArgumentException("nothing can follow a unix path");
            }
        }
        this.components = List.copyOf(components);
    }

    /** An address of these components; a unix path can only be the last. */
    public static Multiaddr of(Component... components) {
        return new Multiaddr(List.of(components));
    }

    /** An address of these components; a unix path can only be the last. */
    public static Multiaddr of(List<Component> components) {
        return new Multiaddr(components);
    }

    /** The address of a resolved TCP endpoint; the scope of an IPv6 address becomes its zone. */
    public static Multiaddr ofTcp(InetSocketAddress endpoint) {
        InetAddress address = endpoint.getAddress();
        if (address == null) {
            throw new IllegalArgumentException("not resolved: " + endpoint);
        }
        List<Component> components = new ArrayList<>(3);
        if (address instanceof Inet6Address ip6 && ip6.getScopeId() != 0) {
            components.add(new Component.Ip6Zone(Integer.toString(ip6.getScopeId())));
        }
        components.add(Component.ofIp(address));
        components.add(new Component.Tcp(endpoint.getPort()));
        return new Multiaddr(components);
    }

    /**
     * An address from its text. Slashes at the end are ignored; {@code /ipfs} is {@code /p2p}.
     *
     * @throws ProtocolViolation when the text is no address, or beyond the bounds
     */
    public static Multiaddr parse(String text) throws ProtocolViolation {
        if (text.length() > MAX_CHARS) {
            throw new ProtocolViolation(WireRule.MULTIADDR_TOO_LONG, text.length() + " characters");
        }
        return bounded(MultiaddrText.parse(text));
    }

    /**
     * An address from its binary form.
     *
     * @throws ProtocolViolation when the bytes are no address, or beyond the bounds
     */
    public static Multiaddr fromBytes(byte[] bytes) throws ProtocolViolation {
        if (bytes.length > MAX_BYTES) {
            throw new ProtocolViolation(WireRule.MULTIADDR_TOO_LONG, bytes.length + " bytes");
        }
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        List<Component> components = new ArrayList<>();
        while (in.isReadable()) {
            components.add(ComponentBytes.read(in));
        }
        return bounded(components);
    }

    /** The parts in order; empty only for what {@link #withoutPeerId} leaves of a bare peer ID. */
    public List<Component> components() {
        return components;
    }

    /** The binary form. */
    public byte[] bytes() {
        ByteBuf out = Unpooled.buffer();
        for (Component component : components) {
            ComponentBytes.write(component, out);
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    /** This address followed by more; it must not end in a unix path. */
    public Multiaddr encapsulate(Component... inner) {
        return encapsulate(of(inner));
    }

    /** This address followed by another; it must not end in a unix path. */
    public Multiaddr encapsulate(Multiaddr inner) {
        List<Component> all = new ArrayList<>(components);
        all.addAll(inner.components);
        return new Multiaddr(all);
    }

    /** Whose address this is: the peer ID in the last component, if that is one. */
    public Optional<PeerId> peerId() {
        return !components.isEmpty() && components.getLast() instanceof Component.P2p p2p
                ? Optional.of(p2p.peerId())
                : Optional.empty();
    }

    /** This address as one of {@code peer}, instead of whose it may be; a unix path, which must stay last, as it is. */
    public Multiaddr withPeerId(PeerId peer) {
        boolean path = !components.isEmpty() && components.getLast() instanceof Component.Unix;
        return path ? this : withoutPeerId().encapsulate(new Component.P2p(peer));
    }

    /** This address without the peer ID in its last component. */
    public Multiaddr withoutPeerId() {
        return peerId().isPresent() ? new Multiaddr(components.subList(0, components.size() - 1)) : this;
    }

    /** Whether this address leads through a relay. */
    public boolean isRelayed() {
        return components.contains(Component.Flag.P2P_CIRCUIT);
    }

    /** The address of the relay that is asked for the last hop: what stands before the last circuit. */
    public Optional<Multiaddr> relay() {
        int circuit = components.lastIndexOf(Component.Flag.P2P_CIRCUIT);
        return circuit < 0 ? Optional.empty() : Optional.of(new Multiaddr(components.subList(0, circuit)));
    }

    /**
     * The endpoint, if this is the address of a TCP endpoint and of nothing above it: an IP address and a port, perhaps
     * with a numeric zone before and a peer ID after.
     */
    public Optional<InetSocketAddress> tcpAddress() {
        List<Component> endpoint = withoutPeerId().components;
        int zone = !endpoint.isEmpty() && endpoint.getFirst() instanceof Component.Ip6Zone ? 1 : 0;
        if (endpoint.size() != zone + 2 || !(endpoint.get(zone + 1) instanceof Component.Tcp tcp)) {
            return Optional.empty();
        }
        Optional<? extends InetAddress> address =
                zone == 0 ? ip(endpoint.getFirst()) : scoped(endpoint.getFirst(), endpoint.get(1));
        return address.map(ip -> new InetSocketAddress(ip, tcp.port()));
    }

    /** From where this address can be reached, as far as its first component tells. */
    public AddressScope scope() {
        return AddressScope.of(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multiaddr that && components.equals(that.components);
    }

    @Override
    public int hashCode() {
        return components.hashCode();
    }

    /** The text form. */
    @Override
    public String toString() {
        return MultiaddrText.format(components);
    }

    private static Multiaddr bounded(List<Component> components) throws ProtocolViolation {
        if (components.isEmpty()) {
            throw new ProtocolViolation(WireRule.MULTIADDR_TRUNCATED, "no components");
        }
        if (components.size() > MAX_COMPONENTS) {
            throw new ProtocolViolation(WireRule.MULTIADDR_TOO_LONG, components.size() + " components");
        }
        try {
            return new Multiaddr(components);
        } catch (IllegalArgumentException e) {
            throw new ProtocolViolation(WireRule.MULTIADDR_MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<InetAddress> ip(Component component) {
        if (component instanceof Component.Ip4 ip4) {
            return Optional.of(ip4.address());
        }
        return component instanceof Component.Ip6 ip6 ? Optional.of(ip6.address()) : Optional.empty();
    }

    private static Optional<Inet6Address> scoped(Component first, Component second) {
        return first instanceof Component.Ip6Zone zone && second instanceof Component.Ip6 ip6
                ? IpText.scoped(ip6.address(), zone.value())
                : Optional.empty();
    }
}
