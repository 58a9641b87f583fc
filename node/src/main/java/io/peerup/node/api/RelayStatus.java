package io.peerup.node.api;

/**
 * A relay of the configuration.
 *
 * @param peer its peer ID
 * @param address as configured
 * @param state where the reservation stands, for a person
 * @param reserved whether peers can reach us through it now
 */
public record RelayStatus(String peer, String address, String state, boolean reserved) {}
