package io.peerup.interop.lab;

/**
 * A host behind its router.
 *
 * @param hostAddress inside, unknown to the internet
 */
public record Home(HomeRouter router, Namespace host, String hostAddress) {}
