/**
 * Our programs as processes while peers, streams, circuits and proxies come and go for minutes or hours, watched from outside.
 */
@NullMarked
package io.peerup.interop.soak;

import org.jspecify.annotations.NullMarked;
