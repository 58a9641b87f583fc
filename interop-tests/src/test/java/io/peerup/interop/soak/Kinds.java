package io.peerup.interop.soak;

import io.peerup.interop.BadLine.Fault;
import java.util.List;
import java.util.stream.Stream;

/** All that comes and goes. */
final class Kinds {
    private Kinds() {}

    static List<Churn> all() {
        return Stream.concat(honest().stream(), brokenOff().stream()).toList();
    }

    /** What works whatever happened before. */
    static List<Churn> honest() {
        return List.of(
                new Churn("a peer connects to the relay, pings, leaves", 3, Connections::visitTheRelay),
                new Churn("a peer connects to home, pings, leaves", 3, Connections::visitHome),
                new Churn("many short streams", 3, StreamDeeds::manyShort),
                new Churn("many half-closed streams", 3, StreamDeeds::manyHalfClosed),
                new Churn("a reservation, a circuit to it, and both gone", 3, Circuits::betweenGuests),
                new Churn("a circuit to home", 3, Circuits::toHome),
                new Churn("a proxy is opened, used, closed", 3, Proxied::openedAndClosed),
                new Churn("a proxy is attached, used, interrupted", 3, Proxied::attached),
                new Churn("a TCP session through the proxy", 3, Proxied::session),
                new Churn("a half-closed TCP session through the proxy", 3, Proxied::halfClosed),
                new Churn("a peer is authorized, comes, is removed", 3, Authorizations::addedAndRemoved));
    }

    private static List<Churn> brokenOff() {
        return List.of(
                new Churn(
                        "a handshake with the relay is cut off",
                        3,
                        town -> Connections.breakOff(town.relayAddress(), Fault.HANGS_UP, town)),
                new Churn(
                        "a handshake with home is reset",
                        3,
                        town -> Connections.breakOff(town.homeAddress(), Fault.RESETS, town)),
                new Churn("a connection at work is reset", 3, Connections::resetAtWork),
                new Churn("many streams are reset", 3, StreamDeeds::manyReset),
                new Churn("a TCP session through the proxy is reset", 3, Proxied::reset));
    }
}
