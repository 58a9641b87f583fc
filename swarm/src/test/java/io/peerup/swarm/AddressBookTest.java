package io.peerup.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerup.wire.Identity;
import io.peerup.wire.Multiaddr;
import io.peerup.wire.PeerId;
import io.peerup.wire.ProtocolViolation;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddressBookTest {
    private static final PeerId PEER = Identity.ofEd25519Seed(new byte[32]).peerId();

    private final AddressBook book = new AddressBook();
    private long now = -Duration.ofMinutes(3).toNanos();

    @Test
    void addressesAreForgottenInTheirTime() {
        book.add(PEER, addresses(1), AddressBook.HEARSAY, now);
        book.add(PEER, addresses(2), AddressBook.RECENTLY_CONNECTED, now);
        now += AddressBook.HEARSAY.toNanos();
        assertThat(known()).isEqualTo(addresses(2));
        now += AddressBook.RECENTLY_CONNECTED.toNanos();
        assertThat(known()).isEmpty();
    }

    @Test
    void whatIsKnownForLongerStaysKnownForLonger() {
        book.add(PEER, addresses(1), AddressBook.CONFIGURED, now);
        book.add(PEER, addresses(1), AddressBook.HEARSAY, now);
        now += Duration.ofDays(400).toNanos();
        assertThat(known()).isEqualTo(addresses(1));
    }

    @Test
    void anAddressOfSomebodyElseIsNotRemembered() {
        PeerId other = Identity.generate().peerId();
        book.add(PEER, List.of(addresses(1).getFirst().withPeerId(other)), AddressBook.HEARSAY, now);
        assertThat(known()).isEmpty();
    }

    @Test
    void whatAPeerSaysReplacesWhatItSaidBefore() {
        book.replace(PEER, List.of(), addresses(1, 2), AddressBook.RECENTLY_CONNECTED, now);
        now += Duration.ofMinutes(1).toNanos();
        book.replace(PEER, addresses(1, 2), addresses(2, 3), AddressBook.RECENTLY_CONNECTED, now);
        assertThat(known()).containsExactlyInAnyOrderElementsOf(addresses(2, 3));
    }

    @Test
    void itDoesNotReplaceWhatIsConfiguredOrComesFromElsewhere() {
        book.add(PEER, addresses(1), AddressBook.CONFIGURED, now);
        book.add(PEER, addresses(4), AddressBook.HEARSAY, now);
        book.replace(PEER, List.of(), addresses(1, 2), AddressBook.RECENTLY_CONNECTED, now);
        book.replace(PEER, addresses(1, 2), List.of(), AddressBook.RECENTLY_CONNECTED, now);
        assertThat(known()).containsExactlyInAnyOrderElementsOf(addresses(1, 4));
    }

    @Test
    void aPeerHasNoMoreThanSixtyFourAddresses() {
        book.add(PEER, addresses(IntStream.rangeClosed(1, 200).toArray()), AddressBook.HEARSAY, now);
        assertThat(known()).hasSize(AddressBook.MAX_ADDRESSES_PER_PEER);
    }

    private List<Multiaddr> known() {
        return book.addresses(PEER, now);
    }

    private static List<Multiaddr> addresses(int... ports) {
        return IntStream.of(ports)
                .mapToObj(port -> "/ip4/11.0.0.1/tcp/" + port)
                .flatMap(AddressBookTest::address)
                .toList();
    }

    private static Stream<Multiaddr> address(String text) {
        try {
            return Stream.of(Multiaddr.parse(text));
        } catch (ProtocolViolation typo) {
            throw new AssertionError(typo);
        }
    }
}
