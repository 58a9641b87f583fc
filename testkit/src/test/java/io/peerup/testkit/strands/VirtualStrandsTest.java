package io.peerup.testkit.strands;

import io.peerup.swarm.strands.Strands;
import io.peerup.swarm.strands.VirtualStrands;

class VirtualStrandsTest extends StrandsContract {
    @Override
    protected Strands strands() {
        return new VirtualStrands();
    }
}
