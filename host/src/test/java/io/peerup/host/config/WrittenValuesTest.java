package io.peerup.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenValuesTest {
    @ParameterizedTest
    @CsvSource({
        "300ms, PT0.3S, 300ms",
        "1h30m, PT1H30M, 1h30m0s",
        "2m, PT2M, 2m0s",
        "2m0s, PT2M, 2m0s",
        "0, PT0S, 0s",
        "+1.5h, PT1H30M, 1h30m0s",
        ".5s, PT0.5S, 500ms",
        "1.s, PT1S, 1s",
        "90s, PT1M30S, 1m30s",
        "1us, PT0.000001S, 1µs",
        "1500ns, PT0.0000015S, 1.5µs",
        "1µs1μs, PT0.000002S, 2µs",
        "3600s1ns, PT1H0.000000001S, 1h0m0.000000001s",
        "1s1h, PT1H1S, 1h0m1s"
    })
    void durationsReadAndPrintAsInGo(String text, Duration duration, String printed) throws InvalidValue {
        assertThat(GoDuration.parse(text)).isEqualTo(duration);
        assertThat(GoDuration.format(duration)).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "-5s", "s", ".s", "1 s", "1x", "1h ", "1hx", "1e3s", "١s", "9999999h", "+", "--1s"})
    void whatIsNoDurationIsNamed(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("\"" + text + "\"")
                .hasMessageEndingWith("write it like 300ms, 30s, 2m or 1h30m");
    }

    @Property
    void everyDurationReadsBack(@ForAll @LongRange(min = 0) long nanos) throws InvalidValue {
        Duration duration = Duration.ofNanos(nanos);

        assertThat(GoDuration.parse(GoDuration.format(duration))).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"64MB, 67108864", "' 64mb ', 67108864", "1GB, 1073741824", "512, 512", "512B, 512", "1kb, 1024", "0, 0"
    })
    void sizesCountInStepsOf1024(String text, long bytes) throws InvalidValue {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.5MB", "-1MB", "MB", "", "64 MB", "64TB", "9223372036854775808", "9007199254740993GB", "٣"})
    void whatIsNoSizeIsNamed(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("write it like");
    }

    @Property
    void everySizeReadsBack(@ForAll @LongRange(min = 0) long bytes) throws InvalidValue {
        assertThat(ByteSize.parse(ByteSize.format(bytes))).isEqualTo(bytes);
    }

    @Test
    void sizesPrintShort() {
        assertThat(ByteSize.format(64L << 20)).isEqualTo("64MB");
        assertThat(ByteSize.format(1 << 10)).isEqualTo("1KB");
        assertThat(ByteSize.format(1000)).isEqualTo("1000B");
        assertThat(ByteSize.format(0)).isEqualTo("0B");
    }

    @Property
    void noTextEscapesAsAnythingButAnInvalidValue(@ForAll String text) {
        for (YamlValue.Parser<?> parser : new YamlValue.Parser<?>[] {
            GoDuration::parse, ByteSize::parse, HostAndPort::parse, ServiceName::parse, WrittenAddress::relayAddress
        }) {
            try {
                parser.parse(text);
            } catch (InvalidValue invalid) {
                assertThat(invalid.getMessage().lines()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:22", "127.0.0.1:1", "[::1]:65535", "[fe80::1%eth0]:22", "my-nas.lan:445", "a_b:1"})
    void hostAndPortPrintAsTheyWereWritten(String text) throws InvalidValue {
        assertThat(HostAndPort.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost", ":22", "localhost:", "localhost:0", "localhost:65536", "localhost:+22", "::1:22",
                        "[::1]22",
                "[]:22", "[localhost]:22", "256.1.1.1:22", "1.2.3:22", "a..b:22", "-a:22", "http://a:80", "a b:22",
                "[[::1]]:22", "localhost:٢٢", "ö:22"
            })
    void whatIsNoHostAndPortIsNamed(String text) {
        assertThatThrownBy(() -> HostAndPort.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("write it like 127.0.0.1:22, localhost:22 or [::1]:22");
    }

    @Test
    void aServiceNameIsALabelAndNamesItsProtocol() throws InvalidValue {
        assertThat(ServiceName.parse("ssh").protocolId()).hasToString("/peerup/ssh/1.0.0");
        assertThat(ServiceName.parse("a")).hasToString("a");
        assertThat(ServiceName.parse("x".repeat(63)).value()).hasSize(63);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X!", "SSH", "-a", "a-", "a_b", "a.b", "a/b", "ssh\n", "ß"})
    void whatIsNoServiceNameIsNamed(String text) {
        assertThatThrownBy(() -> ServiceName.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("invalid service name: \"")
                .hasMessageContaining("must be 1-63 lowercase alphanumeric characters or hyphens");
        assertThatThrownBy(() -> ServiceName.parse("x".repeat(64))).isInstanceOf(InvalidValue.class);
    }

    @Test
    void ourOwnProtocolsAreNoServices() {
        assertThat(ServiceName.RESERVED).containsExactlyInAnyOrder("invite", "kad", "rtt-probe", "relay-pair");
        for (String name : ServiceName.RESERVED) {
            assertThatThrownBy(() -> ServiceName.parse(name))
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageContaining("reserved");
        }
    }

    @Test
    void theTildeIsHomeAndNeverTheJvmsIdeaOfIt() throws InvalidValue {
        ConfigDirectories directories = ConfigDirectories.of(Map.of("HOME", "/home/ada"));

        assertThat(directories.resolve("~/k")).isEqualTo(Path.of("/home/ada/k"));
        assertThat(directories.resolve("~//etc/passwd")).isEqualTo(Path.of("/home/ada/etc/passwd"));
        assertThat(directories.resolve(Path.of("/etc/peerup"), "k")).isEqualTo(Path.of("/etc/peerup/k"));
        assertThat(directories.resolve(Path.of("/etc/peerup"), "/k")).isEqualTo(Path.of("/k"));
        assertThat(directories.ofUser()).contains(Path.of("/home/ada/.config/peerup"));
        assertThat(directories.system()).isEqualTo(Path.of("/etc/peerup"));
    }

    @Test
    void withoutAHomeOnlyTheTildeFails() throws InvalidValue {
        ConfigDirectories directories = ConfigDirectories.of(Map.of());

        assertThat(directories.home()).isEmpty();
        assertThat(directories.ofUser()).isEqualTo(Optional.empty());
        assertThat(directories.resolve("/k")).isEqualTo(Path.of("/k"));
        assertThatThrownBy(() -> directories.resolve("~/k"))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("\"~/k\" needs HOME to be set; set it or name the directory in full");
        assertThatThrownBy(() -> directories.resolve("~bob/k")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> directories.resolve(" ")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> directories.resolve("a\0b")).isInstanceOf(InvalidValue.class);
    }
}
