package dev.lintel.traffic;

import dev.lintel.core.SecretRef;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A token that the gateway gets for itself by client credentials (RFC 6749, 4.4), for a service elsewhere.
 *
 * @param issuer an {@code https} URL whose metadata names the token endpoint (RFC 8414); {@code http} on loopback only
 * @param clientId the gateway's client id there
 * @param secret where the client's secret is kept
 * @param scopes what is asked for
 */
public record ClientToken(String issuer, String clientId, SecretRef secret, List<String> scopes) {
    private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7e]{1,256}");
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,256}");

    /** Checks every part. */
    public ClientToken {
        Objects.requireNonNull(secret, "secret");
        scopes = List.copyOf(scopes);
        if (!isIssuer(issuer)) {
            throw new IllegalArgumentException("an issuer is an https URL without query and fragment, http on loopback"
                    + " only, but was '" + issuer + "'");
        }
        if (!VISIBLE.matcher(clientId).matches()) {
            throw new IllegalArgumentException(
                    "a client id must be visible ASCII, at most 256 characters, but was '" + clientId + "'");
        }
        for (String scope : scopes) {
            if (!SCOPE.matcher(scope).matches()) {
                throw new IllegalArgumentException(
                        "a scope must be visible ASCII without quotes, at most 256 characters, but was '" + scope
                                + "'");
            }
        }
    }

    private static boolean isIssuer(String issuer) {
        try {
            URI url = new URI(issuer);
            return url.getHost() != null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null
                    && ("https".equals(url.getScheme())
                            || "http".equals(url.getScheme()) && ServiceAddress.isLoopback(url));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
