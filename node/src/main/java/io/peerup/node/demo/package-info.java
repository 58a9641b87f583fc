/**
 * The main job on one machine: a relay and two daemons as processes of their own, on loopback, one of them offering a web
 * page that the other reaches. Blocking; runs on the main thread.
 */
@NullMarked
package io.peerup.node.demo;

import org.jspecify.annotations.NullMarked;
