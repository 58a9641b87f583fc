package io.peerup.node.api;

import java.util.List;

/**
 * A daemon, as its owner sees it. Calls block and may come from any thread, many at once. A call under way is given up
 * by interrupting its thread; it then releases what it held and throws {@link InterruptedException}.
 */
public interface DaemonApi {
    /** Who the daemon is and how it is connected. */
    DaemonStatus status() throws ApiProblem;

    /** The services that are offered to peers. */
    List<ServiceEntry> services() throws ApiProblem;

    /**
     * The connected peers.
     *
     * @param all also those that are neither peer-up nor its relay
     */
    List<PeerEntry> peers(boolean all) throws ApiProblem;

    /**
     * Pings a peer, connecting first where needed.
     *
     * @param listener told each result as it comes, on the calling thread
     * @return the statistics of all results told
     */
    PingStats ping(PingRequest request, PingListener listener) throws ApiProblem, InterruptedException;

    /** Opens a proxy that stays until it is disconnected or the daemon stops. */
    OpenedProxy connect(ConnectRequest request) throws ApiProblem, InterruptedException;

    /**
     * Opens a proxy that lives as long as this call: until the thread is interrupted, or somebody else closes the
     * proxy, or the daemon stops. However the call ends, the proxy is closed then.
     */
    void attach(ConnectRequest request, ProxyListener listener) throws ApiProblem, InterruptedException;

    /** Closes a proxy and its connections; {@link ApiProblem.Kind#NOT_FOUND} when there is none of that id. */
    void disconnect(String id) throws ApiProblem;

    /** The proxies that are open, attached ones too. */
    List<ProxyEntry> proxies() throws ApiProblem;

    /** Asks the daemon to stop. Returns at once; asking again changes nothing. */
    void shutdown() throws ApiProblem;
}
