package io.peerup.testkit.hostile;

import java.io.IOException;

/** Bytes in both directions, blocking. */
public interface Pipe {
    /** Sends these bytes as they are. */
    void write(byte... bytes) throws IOException;

    /** Exactly so many bytes; {@link java.io.EOFException} if the other side ended before. */
    byte[] read(int count) throws IOException;
}
