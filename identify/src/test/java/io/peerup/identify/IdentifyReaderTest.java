package io.peerup.identify;

import static io.peerup.identify.Samples.PEER;
import static io.peerup.identify.Samples.address;
import static io.peerup.identify.Samples.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerup.swarm.ProtocolId;
import io.peerup.wire.ProtoWriter;
import io.peerup.wire.ProtocolViolation;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IdentifyReaderTest {
    private static final byte[] ADDRESS = address("/ip4/11.0.0.2/tcp/4001").bytes();

    @Test
    void repeatedFieldsOfSeveralMessagesAddUpAndTheLastSingleOneCounts() throws Exception {
        IdentifyMessage message = read(List.of(
                new ProtoWriter()
                        .string(3, "/one")
                        .string(6, "first")
                        .bytes(2, ADDRESS)
                        .toByteArray(),
                new ProtoWriter().string(3, "/two").string(6, "second").toByteArray()));
        assertThat(message.protocols()).extracting(ProtocolId::value).containsExactly("/one", "/two");
        assertThat(message.agentVersion()).isEqualTo("second");
        assertThat(message.listenAddresses()).hasSize(1);
    }

    @Test
    void addressesThatAreEmptyOrOfAnUnknownKindArePassedOver() throws Exception {
        byte[] unknown = {(byte) 0xff, 0x7f, 1};
        IdentifyMessage message = read(List.of(new ProtoWriter()
                .bytes(2, new byte[0])
                .bytes(2, unknown)
                .bytes(2, ADDRESS)
                .bytes(4, unknown)
                .toByteArray()));
        assertThat(message.listenAddresses()).containsExactly(address("/ip4/11.0.0.2/tcp/4001"));
        assertThat(message.observed()).isEmpty();
    }

    @Test
    void protocolsThatNobodyCouldProposeArePassedOver() throws Exception {
        IdentifyMessage message = read(List.of(new ProtoWriter()
                .string(3, "")
                .string(3, "/two\nlines")
                .string(3, "x".repeat(ProtocolId.MAX_BYTES + 1))
                .string(3, "/fine")
                .toByteArray()));
        assertThat(message.protocols()).containsExactly(ProtocolId.of("/fine"));
    }

    @Test
    void whatCouldCorruptALogIsReplaced() throws Exception {
        IdentifyMessage message = read(List.of(new ProtoWriter()
                .string(6, "agent\u001b[31m\r\nroot: \u009b")
                .string(5, "a\u0000b")
                .toByteArray()));
        assertThat(message.agentVersion()).isEqualTo("agent?[31m??root: ?");
        assertThat(message.protocolVersion()).isEqualTo("a?b");
    }

    @Test
    void unknownFieldsAreSkipped() throws Exception {
        byte[] newer = new ProtoWriter()
                .string(6, "agent")
                .uint64(7, 1)
                .string(99, "new")
                .toByteArray();
        assertThat(read(List.of(newer)).agentVersion()).isEqualTo("agent");
    }

    @Test
    void theBoundsThemselvesAreWithinBounds() throws Exception {
        ProtoWriter protocols = new ProtoWriter();
        for (int i = 0; i < IdentifyReader.MAX_PROTOCOLS; i++) {
            protocols.string(3, "/" + i);
        }
        assertThat(read(List.of(protocols.toByteArray())).protocols()).hasSize(IdentifyReader.MAX_PROTOCOLS);
        ProtoWriter addresses = new ProtoWriter();
        for (int i = 0; i < IdentifyReader.MAX_ADDRESSES; i++) {
            addresses.bytes(2, ADDRESS);
        }
        assertThat(read(List.of(addresses.toByteArray())).listenAddresses()).hasSize(IdentifyReader.MAX_ADDRESSES);
    }

    @Test
    void protocolsAreCountedOverAllMessages() {
        ProtoWriter half = new ProtoWriter();
        for (int i = 0; i <= IdentifyReader.MAX_PROTOCOLS / 2; i++) {
            half.string(3, "/" + i);
        }
        byte[] message = half.toByteArray();
        assertThatExceptionOfType(ProtocolViolation.class)
                .isThrownBy(() -> read(List.of(message, message)))
                .extracting(ProtocolViolation::rule)
                .isEqualTo(IdentifyRule.TOO_MANY_PROTOCOLS);
    }

    @Property
    void anyBytesAreAMessageOrAViolationOfIdentify(@ForAll @Size(max = 300) byte[] bytes) {
        readSomething(bytes);
    }

    @Property
    void aDamagedMessageIsAMessageOrAViolationOfIdentify(@ForAll("damaged") byte[] bytes) {
        readSomething(bytes);
    }

    @Example
    void theUndamagedMessageIsRead() throws Exception {
        assertThat(read(IdentifyWriter.write(Samples.message(PEER))).agentVersion())
                .isEqualTo("sample/1");
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        byte[] whole = IdentifyWriter.write(Samples.message(PEER)).getFirst();
        return Arbitraries.integers()
                .between(0, whole.length - 1)
                .flatMap(at -> Arbitraries.bytes().map(value -> {
                    byte[] damaged = whole.clone();
                    damaged[at] = value;
                    return damaged;
                }));
    }

    private static void readSomething(byte[] bytes) {
        try {
            read(List.of(bytes));
        } catch (ProtocolViolation violation) {
            assertThat(violation.rule()).isInstanceOf(IdentifyRule.class);
        }
    }
}
