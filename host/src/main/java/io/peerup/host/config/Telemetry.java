package io.peerup.host.config;

/**
 * What a node or relay tells its operator.
 *
 * @param metrics for Prometheus; default off, 127.0.0.1:9091
 * @param audit whether decisions about peers are logged; default no
 */
public record Telemetry(HttpEndpoint metrics, boolean audit) {
    /** Nothing. */
    public static Telemetry off() {
        return new Telemetry(new HttpEndpoint(false, new HostAndPort("127.0.0.1", 9091)), false);
    }
}
