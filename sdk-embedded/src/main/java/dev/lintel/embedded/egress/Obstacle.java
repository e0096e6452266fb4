package dev.lintel.embedded.egress;

import dev.lintel.core.evaluate.EgressDecision;

/**
 * Why a call does not get through.
 *
 * @param status the answer's status
 * @param error the proxy error type (RFC 9209, 2.3)
 * @param detail for the application
 */
record Obstacle(int status, String error, String detail) {
    static final Obstacle UNKNOWN = new Obstacle(502, "dns_error", "the host's name is not known");
    static final Obstacle UNREACHABLE = new Obstacle(502, "connection_refused", "the host cannot be reached");
    static final Obstacle LATE = new Obstacle(504, "connection_timeout", "the host could not be reached in time");
    static final Obstacle BUSY =
            new Obstacle(503, "proxy_internal_error", "too many names are being looked up, try again later");
    static final Obstacle BROKEN = new Obstacle(502, "connection_terminated", "the host broke off before it answered");
    static final Obstacle GARBAGE = new Obstacle(502, "http_protocol_error", "the host's answer is not valid HTTP/1.1");
    static final Obstacle SLOW = new Obstacle(504, "http_response_timeout", "the host did not answer in time");

    static Obstacle refused(EgressDecision decision) {
        return new Obstacle(
                502,
                "http_request_denied",
                decision.application() + "." + decision.namespace() + " may not call " + decision.host() + ":"
                        + decision.port() + ": " + decision.detail());
    }

    static Obstacle prohibited(String host, AddressKind kind) {
        return new Obstacle(
                502,
                "destination_ip_prohibited",
                "the name " + host + " points at " + kind + ", which no egress rule allows for it");
    }

    static Obstacle bad(int status, String detail) {
        return new Obstacle(status, "http_request_error", detail);
    }
}
