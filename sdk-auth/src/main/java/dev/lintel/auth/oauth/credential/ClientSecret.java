package dev.lintel.auth.oauth.credential;

import dev.lintel.core.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A secret that client and server share (RFC 6749, 2.3.1).
 *
 * @param secret the secret
 * @param inBody whether it is sent in the form ({@code client_secret_post}) instead of the header {@code Authorization}
 */
public record ClientSecret(Secret secret, boolean inBody) implements ClientAuthentication {
    /**
     * A secret that is sent in a header, as every server must take it.
     *
     * @param secret the secret
     * @return {@code client_secret_basic}
     */
    public static ClientSecret basic(Secret secret) {
        return new ClientSecret(secret, false);
    }

    /**
     * A secret that is sent in the form, for servers that do not take it in a header.
     *
     * @param secret the secret
     * @return {@code client_secret_post}
     */
    public static ClientSecret post(Secret secret) {
        return new ClientSecret(secret, true);
    }

    @Override
    public String method() {
        return inBody ? "client_secret_post" : "client_secret_basic";
    }

    @Override
    public Credentials credentials(Asking asking) {
        if (inBody) {
            Map<String, Secret> parameters = new LinkedHashMap<>();
            parameters.put("client_id", Secret.of(asking.clientId()));
            parameters.put("client_secret", secret);
            return new Credentials(Map.of(), parameters);
        }
        // Both halves are form-encoded before they are joined: RFC 6749, 2.3.1.
        String both = encode(asking.clientId()) + ":" + encode(secret.reveal());
        String basic = Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
        return new Credentials(Map.of("Authorization", Secret.of("Basic " + basic)), Map.of());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
