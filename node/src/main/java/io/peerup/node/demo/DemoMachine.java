package io.peerup.node.demo;

import io.peerup.wire.PeerId;
import java.nio.file.Path;

/**
 * One of the machines of the story.
 *
 * @param directory what would be its own disk
 */
record DemoMachine(String name, Path directory, PeerId peerId) {}
