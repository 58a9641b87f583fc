package io.peerup.swarm.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceLimitsTest {
    private static final long GIB = 1L << 30;
    private static final Machine SMALL = new Machine(GIB / 4, 1024);

    @Test
    void aSmallMachineGetsSmallLimits() {
        ResourceLimits limits = ResourceLimits.scaledTo(SMALL);
        assertThat(limits.system()).isEqualTo(new ScopeLimits(512, 512, 8192, 8192, GIB / 8, 512));
        assertThat(limits.underWay().inboundConnections()).isEqualTo(128);
        assertThat(limits.peer().inboundConnections()).isEqualTo(16);
    }

    @Test
    void aLargeMachineGetsLargerOnesUpToABound() {
        assertThat(ResourceLimits.scaledTo(new Machine(2 * GIB, 1 << 20))
                        .system()
                        .inboundConnections())
                .isEqualTo(4096);
        assertThat(ResourceLimits.scaledTo(new Machine(64 * GIB, 1 << 20))
                        .system()
                        .inboundConnections())
                .isEqualTo(4096);
    }

    @Test
    void evenTheSmallestMachineHasLimitsThatMakeSense() {
        assertThat(ResourceLimits.scaledTo(new Machine(0, 0)).system().inboundConnections())
                .isEqualTo(128);
    }

    /** A peer that opened streams and agreed on nothing kept everybody else's streams out. */
    @ParameterizedTest
    @ValueSource(longs = {0, GIB / 16, GIB / 4, 2 * GIB, 64 * GIB})
    void onePeerCannotTakeAllThatMayBeUnderWay(long memoryBytes) {
        ResourceLimits limits = ResourceLimits.scaledTo(new Machine(memoryBytes, 1024));
        assertThat(2 * limits.peer().inboundStreams())
                .isLessThanOrEqualTo(limits.underWay().inboundStreams());
        assertThat(4 * limits.peerUnderWay().inboundStreams())
                .isLessThanOrEqualTo(limits.underWay().inboundStreams());
        assertThat(2 * limits.connection().inboundStreams())
                .isLessThanOrEqualTo(limits.underWay().inboundStreams());
    }

    @Test
    void theDefaultsFitTheMachine() {
        assertThat(ResourceLimits.defaults().beyond(Machine.here())).isEmpty();
        assertThat(Machine.here().fileDescriptors()).isPositive();
        assertThat(Machine.here().memoryBytes()).isGreaterThan(1 << 20);
    }

    @Test
    void moreThanTheMachineHasIsOneLine() {
        ScopeLimits greedy = ScopeLimits.unlimited().withMemoryBytes(GIB).withFileDescriptors(2048);
        assertThat(ResourceLimits.unlimited().withSystem(greedy).beyond(SMALL))
                .hasValue("resource limits: 1073741824 bytes of memory are allowed where this process has 268435456,"
                        + " and 2048 file descriptors are allowed where this process has 1024;"
                        + " lower the limit or give it more");
        assertThat(ResourceLimits.unlimited().beyond(SMALL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void nonsenseIsRejected(long limit) {
        ScopeLimits free = ScopeLimits.unlimited();
        assertThatThrownBy(() -> free.withMemoryBytes(limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a limit of " + limit + " bytes of memory makes no sense, it must be at least 1");
        assertThatThrownBy(() -> free.withFileDescriptors(limit)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> free.withConnections(limit, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> free.withConnections(1, limit)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> free.withStreams(limit, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> free.withStreams(1, limit)).isInstanceOf(IllegalArgumentException.class);
        AddressLimits any = AddressLimits.unlimited();
        assertThatThrownBy(() -> any.withAtOnce(limit, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> any.withAtOnce(1, limit, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> any.withAtOnce(1, 1, limit)).isInstanceOf(IllegalArgumentException.class);
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new ConnectionRate(limit, second)).isInstanceOf(IllegalArgumentException.class);
        Duration nonsense = Duration.ofNanos(limit);
        assertThatThrownBy(() -> new ConnectionRate(1, nonsense)).isInstanceOf(IllegalArgumentException.class);
    }
}
