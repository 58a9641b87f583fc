/**
 * The YAML configuration of a node and of a relay: found, read strictly into immutable records, created from a template
 * and changed without losing a comment. Files block; the records are values for any thread. Every problem is one line
 * that names file and line.
 */
@NullMarked
package io.peerup.host.config;

import org.jspecify.annotations.NullMarked;
