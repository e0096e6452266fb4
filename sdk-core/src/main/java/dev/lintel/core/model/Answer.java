package dev.lintel.core.model;

import org.jspecify.annotations.Nullable;

/** What is answered in place of a service. Access is asked before it, as everywhere. */
public sealed interface Answer {
    /**
     * Points the caller elsewhere (RFC 9110, 15.4). What is null stays as the caller asked for it; the query always does.
     * One that names no path is passed over by a request that has its scheme, host and port already, and goes on then.
     *
     * @param status 301, 302, 303, 307 or 308
     * @param scheme {@code http} or {@code https}
     * @param host the host, without port
     * @param port the port; null is the scheme's own, or the caller's if scheme and host stay
     * @param path the whole path
     */
    record Redirect(
            int status,
            @Nullable String scheme,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String path) implements Answer {}

    /**
     * Says something itself (Envoy, direct response).
     *
     * @param status 200 to 599
     * @param contentType the body's media type
     * @param body at most 4096 characters, never a secret; may be empty
     */
    record Direct(int status, String contentType, String body) implements Answer {}
}
