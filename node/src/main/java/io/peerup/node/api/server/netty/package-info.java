/**
 * The daemon's API as HTTP/1.1 on a unix socket. Everything here runs on the one event loop of the API, which so owns
 * the table of connections; the calls themselves run elsewhere.
 *
 * <pre>
 * HttpServerCodec   bounds the request line and headers
 * RequestCheck      refuses what is no HTTP, and whoever has not the cookie, before any body is kept
 * RequestBodyLimit  gathers the body, up to 1 MiB
 * ApiConnection     one call at a time, a deadline for each request, cancels the call when the client goes away
 * </pre>
 */
@NullMarked
package io.peerup.node.api.server.netty;

import org.jspecify.annotations.NullMarked;
