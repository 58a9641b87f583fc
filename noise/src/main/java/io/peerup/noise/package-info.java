/**
 * Noise_XX_25519_ChaChaPoly_SHA256 as libp2p uses it. Pure: bytes in, bytes or a violation out; a handshake is a chain
 * of types, one per thing that is waited for. An object belongs to one thread at a time. Specs: libp2p/specs
 * noise/README.md (snapshot 7740c07), The Noise Protocol Framework revision 34.
 */
@NullMarked
package io.peerup.noise;

import org.jspecify.annotations.NullMarked;
