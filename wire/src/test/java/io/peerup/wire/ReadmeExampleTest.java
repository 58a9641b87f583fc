package io.peerup.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of the module's README. */
class ReadmeExampleTest {

    @Test
    void theExampleDoesWhatItSays() throws ProtocolViolation {
        Identity identity = Identity.generate();
        Multiaddr address = Multiaddr.parse("/ip4/192.0.2.1/tcp/4001").withPeerId(identity.peerId());

        byte[] sealed = new PeerRecord(identity.peerId(), 1, List.of(address.withoutPeerId()))
                .seal(identity)
                .bytes();
        PeerRecord opened = PeerRecord.open(sealed);

        assertThat(address.toString()).startsWith("/ip4/192.0.2.1/tcp/4001/p2p/12D3KooW");
        assertThat(opened.addresses().getFirst().scope()).isEqualTo(AddressScope.OTHER);
    }
}
