package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A client that an authorization server knows (RFC 6749, 2), with what it may ask for.
 *
 * @param id printable ASCII, at most 200 characters
 * @param secret what it proves itself with; the server keeps only a salted hash of it
 * @param scopes which it may have; all of them unless it asks for some
 * @param audiences whom its tokens may be for; all of them unless it asks for some. Without any, its tokens are for the
 *     server's own default audience
 * @param grants the grant types that it may use
 */
public record ClientRegistration(
        String id, Secret secret, List<String> scopes, List<String> audiences, List<String> grants) {
    private static final Pattern ID = Pattern.compile("[\\x20-\\x7E]{1,200}");

    /** Checks the identifier and the scopes. */
    public ClientRegistration {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "a client's id must be 1 to 200 characters of printable ASCII, but was '" + id + "'");
        }
        Objects.requireNonNull(secret, "secret");
        scopes = List.copyOf(scopes);
        audiences = List.copyOf(audiences);
        grants = List.copyOf(grants);
        for (String scope : scopes) {
            if (!Scopes.isToken(scope)) {
                throw new IllegalArgumentException("client '" + id + "': a scope must be printable ASCII without"
                        + " spaces, quotes and backslashes, but was '" + scope + "'");
            }
        }
        if (audiences.contains("")) {
            throw new IllegalArgumentException("client '" + id + "': an audience must not be empty");
        }
    }

    /**
     * A client that may use client credentials and has no scopes yet.
     *
     * @param id printable ASCII
     * @param secret what it proves itself with
     * @return the registration
     */
    public static ClientRegistration of(String id, Secret secret) {
        return new ClientRegistration(id, secret, List.of(), List.of(), List.of(ClientCredentialsGrant.TYPE));
    }

    /**
     * The same client with these scopes instead.
     *
     * @param allowed which it may have (RFC 6749, 3.3)
     * @return a new registration
     */
    public ClientRegistration scopes(String... allowed) {
        return new ClientRegistration(id, secret, List.of(allowed), audiences, grants);
    }

    /**
     * The same client with these audiences instead.
     *
     * @param allowed whom its tokens may be for
     * @return a new registration
     */
    public ClientRegistration audiences(String... allowed) {
        return new ClientRegistration(id, secret, scopes, List.of(allowed), grants);
    }

    /**
     * The same client with these grant types instead.
     *
     * @param allowed for example {@code client_credentials}
     * @return a new registration
     */
    public ClientRegistration grants(String... allowed) {
        return new ClientRegistration(id, secret, scopes, audiences, List.of(allowed));
    }
}
