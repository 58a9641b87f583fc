package io.peerup.testkit.strands;

import io.peerup.swarm.strands.Strands;

class SimStrandsContractTest extends StrandsContract {
    @Override
    protected Strands strands() {
        return new SimStrands();
    }
}
