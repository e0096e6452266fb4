package dev.lintel.embedded.authorization;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a token is bound to: whoever uses it must prove that they hold this (RFC 7800).
 *
 * @param keyThumbprint of the key of DPoP proofs (RFC 9449, 6); null if there is none
 * @param certificateThumbprint of the client's certificate (RFC 8705, 3); null if there is none
 */
record Binding(@Nullable String keyThumbprint, @Nullable String certificateThumbprint) {
    static final Binding NONE = new Binding(null, null);

    boolean isNone() {
        return keyThumbprint == null && certificateThumbprint == null;
    }

    /** The claim {@code cnf}. */
    Map<String, Object> confirmation() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (keyThumbprint != null) {
            members.put("jkt", keyThumbprint);
        }
        if (certificateThumbprint != null) {
            members.put("x5t#S256", certificateThumbprint);
        }
        return members;
    }

    String tokenType() {
        return keyThumbprint == null ? "Bearer" : "DPoP";
    }
}
