package dev.lintel.core.model;

/** What a call is tried again after (Envoy, {@code x-envoy-retry-on}). */
public enum RetryOn {
    /** No connection could be made, so that nothing was sent. */
    CONNECT_FAILURE,
    /** The connection broke, or one try took too long, before an answer began. */
    RESET,
    /** 502, 503 or 504, and failures that would be answered so: as in Envoy, no connection, a reset, a try too long. */
    GATEWAY_ERROR,
    /** Any answer of 500 to 599, and all of the above. */
    SERVER_ERROR,
    /** 409, the one answer of 400 to 499 that may be another the next time. */
    CONFLICT
}
