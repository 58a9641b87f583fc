package io.peerup.testkit.leaks;

/**
 * Something that was garbage before it was released.
 *
 * @param resource what it was, such as {@code ByteBuf}
 * @param records where it was created and last touched, as Netty prints it
 */
record Leak(String resource, String records) {
    @Override
    public String toString() {
        return resource + " was not released before it was garbage." + records;
    }
}
