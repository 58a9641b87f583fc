package io.peerup.noise.netty;

import io.peerup.swarm.SecureChannel;
import io.peerup.testkit.contracts.SecureChannelContract;
import io.peerup.wire.Identity;

class NoiseContractTest extends SecureChannelContract {
    @Override
    protected SecureChannel secureChannel(Identity identity) {
        return Noise.of(identity);
    }
}
