/**
 * Circuit relay as a service of the node: the relay that decides about requests, and the keeper of our own reservations
 * at other relays. Stories run on strands; everything else may be called from any thread and never waits for long.
 */
@NullMarked
package io.peerup.circuitrelay.service;

import org.jspecify.annotations.NullMarked;
