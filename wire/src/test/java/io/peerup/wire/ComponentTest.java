package io.peerup.wire;

import static io.peerup.wire.Violations.assertBreaks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentTest {

    @Test
    void whatCannotStandInAnAddressCannotBeMade() {
        ThrowingCallable[] attempts = {
            () -> new Component.Tcp(-1),
            () -> new Component.Tcp(65536),
            () -> new Component.Udp(65536),
            () -> new Component.Dns(MultiaddrProtocol.TCP, "example.com"),
            () -> new Component.Dns(MultiaddrProtocol.DNS, ""),
            () -> new Component.Dns(MultiaddrProtocol.DNS, "a/b"),
            () -> new Component.Sni("a\nb"),
            () -> new Component.Sni("\ud800"),
            () -> new Component.Ip6Zone(""),
            () -> new Component.Unix("a"),
            () -> new Component.Unix("/"),
            () -> new Component.Unix("/a/"),
            () -> new Component.Unix("/a\u001b[2J"),
            () -> new Component.HttpPath(""),
            () -> new Component.HttpPath("\ud800"),
        };
        for (ThrowingCallable attempt : attempts) {
            assertThatThrownBy(attempt).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3501ff", // a name that is not UTF-8
                "35020a61", // a name with a line feed
                "3503612f62", // a name with a slash
                "90030161", // a path that is relative
                "9003022f2f", // a path that ends in a slash
                "e10300", // an empty HTTP path
                "a50300", // an empty peer ID
                "a50302000d", // a multihash that ends early
                "d203020501", // a certificate hash that ends early
            })
    void noMoreThanItCanBeReceived(String hex) {
        assertThatThrownBy(() -> Multiaddr.fromBytes(HexFormat.of().parseHex(hex)))
                .isInstanceOf(ProtocolViolation.class);
    }

    @Property
    void anIp6AddressComesBackFromItsText(@ForAll @Size(16) byte[] bytes, @ForAll @Size(16) boolean[] zero)
            throws ProtocolViolation {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = zero[i / 2 * 2] ? 0 : bytes[i];
        }
        Component.Ip6 component = new Component.Ip6(IpText.inet6(bytes));

        assertThat(IpText.parse6(component.value())).isEqualTo(component.address());
        assertThat(component.valueBytes()).isEqualTo(bytes);
        assertThat(component.value()).doesNotContain(":::");
    }

    @Test
    void everyProtocolHasItsNumberAndName() {
        Set<Long> codes = Arrays.stream(MultiaddrProtocol.values())
                .map(MultiaddrProtocol::code)
                .collect(Collectors.toSet());

        assertThat(codes)
                .containsExactlyInAnyOrder(
                        4L, 6L, 41L, 42L, 53L, 54L, 55L, 56L, 273L, 280L, 281L, 290L, 400L, 421L, 448L, 449L, 454L,
                        460L, 461L, 465L, 466L, 477L, 478L, 480L, 481L, 777L);
        for (MultiaddrProtocol protocol : MultiaddrProtocol.values()) {
            assertThat(MultiaddrProtocol.ofName(protocol.protocolName())).contains(protocol);
        }
    }

    @Test
    void aSocketAddressHasAComponentAndAScope() throws Exception {
        InetAddress ip4 = InetAddress.getByName("192.168.0.1");
        InetAddress ip6 = InetAddress.getByName("2600::1");

        assertThat(Component.ofIp(ip4).text()).isEqualTo("/ip4/192.168.0.1");
        assertThat(Component.ofIp(ip6).text()).isEqualTo("/ip6/2600::1");
        assertThat(AddressScope.of(ip4)).isEqualTo(AddressScope.PRIVATE);
        assertThat(AddressScope.of(ip6)).isEqualTo(AddressScope.PUBLIC);
    }

    @Test
    void theBoundsHoldForBytesAndText() {
        byte[] components = HexFormat.of().parseHex("c003".repeat(Multiaddr.MAX_COMPONENTS + 1));

        assertBreaks(WireRule.MULTIADDR_TOO_LONG, () -> Multiaddr.fromBytes(components));
        assertBreaks(WireRule.MULTIADDR_TOO_LONG, () -> Multiaddr.fromBytes(new byte[Multiaddr.MAX_BYTES + 1]));
        assertBreaks(WireRule.MULTIADDR_TOO_LONG, () -> Multiaddr.parse("/".repeat(Multiaddr.MAX_CHARS + 1)));
        assertBreaks(WireRule.MULTIADDR_TRUNCATED, () -> Multiaddr.fromBytes(new byte[0]));
        assertBreaks(
                WireRule.MULTIADDR_TRUNCATED,
                () -> Multiaddr.fromBytes(HexFormat.of().parseHex("35ffffffff07")));
    }
}
