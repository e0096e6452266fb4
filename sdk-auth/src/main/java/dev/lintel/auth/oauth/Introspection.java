package dev.lintel.auth.oauth;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about a token (RFC 7662, 2.2), good for this moment. Prints without the claims.
 *
 * @param active whether the token is good now; if not, nothing else is known
 * @param clientId for which client it was issued; null if that is not said
 * @param subject who it speaks for; null if that is not said
 * @param scopes what it may do
 * @param audiences for whom it is
 * @param expires until when it is good; null if that is not said
 * @param claims everything that was said
 */
public record Introspection(
        boolean active,
        @Nullable String clientId,
        @Nullable String subject,
        List<String> scopes,
        List<String> audiences,
        @Nullable Instant expires,
        Map<String, Object> claims) {
    /** A token that is not good, unknown or none of the caller's business. */
    static final Introspection INACTIVE = new Introspection(false, null, null, List.of(), List.of(), null, Map.of());

    /** Keeps the order of the claims. */
    public Introspection {
        scopes = List.copyOf(scopes);
        audiences = List.copyOf(audiences);
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    @Override
    public String toString() {
        return active ? "active token of client " + clientId + " with scopes " + scopes : "inactive token";
    }
}
