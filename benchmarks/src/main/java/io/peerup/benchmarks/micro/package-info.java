/** Codecs, ciphers and sessions one by one, for {@code benchmarks/jmh}. */
@NullMarked
package io.peerup.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
