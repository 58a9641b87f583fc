/**
 * Identify as a service of the node: asks on every new connection, keeps our own answer ready, pushes when it changes.
 * Stories run on strands; everything else may be called from any thread, guards itself, and never waits for long.
 */
@NullMarked
package io.peerup.identify.service;

import org.jspecify.annotations.NullMarked;
