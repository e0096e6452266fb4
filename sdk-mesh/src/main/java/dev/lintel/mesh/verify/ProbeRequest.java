package dev.lintel.mesh.verify;

import dev.lintel.core.Secret;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that asks whether a rule is in force. It has no body.
 *
 * @param method for example {@code GET}
 * @param host of the API, which is the {@code Host} and the name in TLS, wherever it is sent
 * @param path in normal form, without query
 * @param token sent as {@code Authorization: Bearer}; null for none
 */
public record ProbeRequest(
        String method, String host, String path, @Nullable Secret token) {
    /** Checks that nothing is missing. */
    public ProbeRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(path, "path");
    }

    /** Method, host and path; the token is never shown. */
    @Override
    public String toString() {
        return method + " " + host + path + (token == null ? "" : " with the token " + token);
    }
}
