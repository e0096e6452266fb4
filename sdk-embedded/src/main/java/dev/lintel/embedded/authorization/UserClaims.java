package dev.lintel.embedded.authorization;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What is said about users beside their names: the e-mail address to clients with the scope {@code email}, the rest to clients
 * with the scope {@code profile} (OpenID Connect Core, 5.4).
 */
final class UserClaims {
    private static final Set<String> OF_EMAIL = Set.of("email", "email_verified");
    private static final Set<String> OWN = Set.of(
            "iss",
            "sub",
            "aud",
            "exp",
            "iat",
            "nbf",
            "jti",
            "nonce",
            "auth_time",
            "at_hash",
            "acr",
            "amr",
            "azp",
            "sid");

    private final ConcurrentMap<String, Map<String, Object>> byUser = new ConcurrentHashMap<>();

    void say(String user, Map<String, ?> claims) {
        for (String name : claims.keySet()) {
            if (OWN.contains(name)) {
                throw new IllegalArgumentException("the claim '" + name + "' is made by the server; leave it out");
            }
        }
        byUser.put(user, Collections.unmodifiableMap(new LinkedHashMap<>(claims)));
    }

    Map<String, Object> of(String user, List<String> scopes) {
        Map<String, Object> told = new LinkedHashMap<>();
        if (scopes.contains("profile")) {
            told.put("preferred_username", user);
        }
        byUser.getOrDefault(user, Map.of()).forEach((name, value) -> {
            if (scopes.contains(OF_EMAIL.contains(name) ? "email" : "profile")) {
                told.put(name, value);
            }
        });
        return told;
    }

    /** What brings the claims of now back. */
    Runnable checkpoint() {
        Map<String, Map<String, Object>> noted = new LinkedHashMap<>(byUser);
        return () -> {
            byUser.clear();
            byUser.putAll(noted);
        };
    }
}
