package dev.lintel.auth.oauth;

import dev.lintel.auth.oauth.wire.Form;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a login asks for. PKCE, {@code state} and {@code nonce} are added by themselves; the request is pushed to the server
 * beforehand wherever the server takes that (RFC 9126).
 *
 * @param scopes what the token may do; {@code openid} to learn who the user is
 * @param resources where the token is to be used (RFC 8707)
 * @param maxAge how long ago the user may have logged in, checked in the ID token; null for any time
 * @param more other parameters, such as {@code prompt}
 */
public record LoginRequest(
        List<String> scopes, List<URI> resources, @Nullable Duration maxAge, Map<String, String> more) {
    private static final List<String> OWN = List.of(
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "resource",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
            "dpop_jkt",
            "max_age",
            "request",
            "request_uri",
            "response_mode");

    /** Checks scopes and resources, and that no parameter is said that is made here. */
    public LoginRequest {
        Wanted wanted = new Wanted(scopes, resources, List.of());
        scopes = wanted.scopes();
        resources = wanted.resources();
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
        for (String name : more.keySet()) {
            if (OWN.contains(name)) {
                throw new IllegalArgumentException("a login makes the parameter '" + name + "' itself; leave it out");
            }
        }
        if (maxAge != null && (maxAge.isNegative() || !scopes.contains("openid"))) {
            throw new IllegalArgumentException("a login's greatest age must not be negative, and needs the scope"
                    + " 'openid', because it is checked in the ID token, but was " + maxAge + " with " + scopes);
        }
    }

    /**
     * A login for some scopes.
     *
     * @param scopes those that are asked for
     * @return a request
     */
    public static LoginRequest of(String... scopes) {
        return new LoginRequest(List.of(scopes), List.of(), null, Map.of());
    }

    /**
     * The same for a resource, or for one more (RFC 8707).
     *
     * @param uri absolute, without fragment
     * @return a new request
     */
    public LoginRequest resource(URI uri) {
        return new LoginRequest(scopes, Wanted.plus(resources, uri), maxAge, more);
    }

    /**
     * The same where the user must have logged in lately.
     *
     * @param age how long ago that may be
     * @return a new request
     */
    public LoginRequest maxAge(Duration age) {
        return new LoginRequest(scopes, resources, age, more);
    }

    /**
     * The same with another parameter.
     *
     * @param name for example {@code prompt} or {@code login_hint}
     * @param value its value
     * @return a new request
     */
    public LoginRequest with(String name, String value) {
        Map<String, String> longer = new LinkedHashMap<>(more);
        longer.put(name, value);
        return new LoginRequest(scopes, resources, maxAge, longer);
    }

    void to(Form form) {
        form.scopes(scopes).each("resource", resources);
        if (maxAge != null) {
            form.put("max_age", Long.toString(maxAge.toSeconds()));
        }
        more.forEach(form::put);
    }

    boolean isOpenId() {
        return scopes.contains("openid");
    }
}
