/**
 * Files that must survive a full disk, a crash and a second process: written whole or not at all, readable by their
 * owner only, and bounded when read. Every failure is one line. Called from any thread that may block; no state.
 */
@NullMarked
package io.peerup.host.file;

import org.jspecify.annotations.NullMarked;
