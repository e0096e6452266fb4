package dev.lintel.auth.oauth.registration;

import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client as the server registered it (RFC 7591, 3.2.1). Keep all of it: the token for looking after it changes whenever it
 * is used for a change (RFC 7592, 3). Prints without secrets.
 *
 * @param clientId its identifier
 * @param secret its secret; null if it has none
 * @param secretExpires when the secret ends; null for never
 * @param management where it is looked after; null if the server does not offer that
 * @param managementToken what that takes; null if the server does not offer that
 * @param registered everything that the server said, without secrets; it may differ from what was asked for
 */
public record RegisteredClient(
        String clientId,
        @Nullable Secret secret,
        @Nullable Instant secretExpires,
        @Nullable URI management,
        @Nullable Secret managementToken,
        Map<String, Object> registered) {
    /** Keeps the order of the members. */
    public RegisteredClient {
        registered = Collections.unmodifiableMap(new LinkedHashMap<>(registered));
    }

    /**
     * How this client shows who it is by its secret.
     *
     * @return in the header, unless it was registered for the form; {@code none} if it has no secret
     */
    public ClientAuthentication authentication() {
        if (secret == null) {
            return ClientAuthentication.none();
        }
        boolean inBody = "client_secret_post".equals(registered.get("token_endpoint_auth_method"));
        return new ClientSecret(secret, inBody);
    }

    @Override
    public String toString() {
        return "registered client '" + clientId + "'";
    }
}
