package io.peerup.interop.hostile;

/** What an attack is aimed at. Each group has a sabotaged twin. */
enum Group {
    HANDSHAKE,
    YAMUX,
    IDENTIFY,
    RELAY,
    FILES,
    PROXY,
    LIBRARIES
}
