package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A client that an authorization server knows (RFC 6749, 2), with what it may ask for.
 *
 * @param id printable ASCII, at most 200 characters
 * @param secret what it proves itself with; the server keeps only a salted hash of it
 * @param scopes which it may have; all of them unless it asks for some
 * @param audiences whom its tokens may be for; all of them unless it asks for some. Without any, its tokens are for the
 *     server's own default audience
 * @param grants the grant types that it may use
 * @param users what users see of it, and where they are sent back to
 */
public record ClientRegistration(
        String id, Secret secret, List<String> scopes, List<String> audiences, List<String> grants, UserFacing users) {
    private static final Pattern ID = Pattern.compile("[\\x20-\\x7E]{1,200}");
    private static final String AUTHORIZATION_CODE = "authorization_code";

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
        return new ClientRegistration(
                id, secret, List.of(), List.of(), List.of(ClientCredentialsGrant.TYPE), UserFacing.NONE);
    }

    /**
     * The same client with these scopes instead.
     *
     * @param allowed which it may have (RFC 6749, 3.3)
     * @return a new registration
     */
    public ClientRegistration scopes(String... allowed) {
        return new ClientRegistration(id, secret, List.of(allowed), audiences, grants, users);
    }

    /**
     * The same client with these audiences instead.
     *
     * @param allowed whom its tokens may be for
     * @return a new registration
     */
    public ClientRegistration audiences(String... allowed) {
        return new ClientRegistration(id, secret, scopes, List.of(allowed), grants, users);
    }

    /**
     * The same client with these grant types instead.
     *
     * @param allowed for example {@code client_credentials}
     * @return a new registration
     */
    public ClientRegistration grants(String... allowed) {
        return new ClientRegistration(id, secret, scopes, audiences, List.of(allowed), users);
    }

    /**
     * The same client with these redirect URIs instead; from now on it may use the authorization code grant as well.
     *
     * @param allowed where codes may be sent to, compared character by character; for a loopback address any port will do
     * @return a new registration
     */
    public ClientRegistration redirectUris(String... allowed) {
        List<String> more = grants.contains(AUTHORIZATION_CODE)
                ? grants
                : Stream.concat(grants.stream(), Stream.of(AUTHORIZATION_CODE)).toList();
        return new ClientRegistration(
                id,
                secret,
                scopes,
                audiences,
                more,
                new UserFacing(users.name(), uris(allowed), users.postLogoutRedirectUris(), users.firstParty()));
    }

    /**
     * The same client with these places to go to after a logout instead.
     *
     * @param allowed compared character by character
     * @return a new registration
     */
    public ClientRegistration postLogoutRedirectUris(String... allowed) {
        return users(new UserFacing(users.name(), users.redirectUris(), uris(allowed), users.firstParty()));
    }

    /**
     * The same client with a name for people.
     *
     * @param name as the pages say it, for example {@code Orders of the shop}
     * @return a new registration
     */
    public ClientRegistration name(String name) {
        return users(new UserFacing(name, users.redirectUris(), users.postLogoutRedirectUris(), users.firstParty()));
    }

    /**
     * The same client as one of the house: users are not asked whether they allow it what it asks for.
     *
     * @return a new registration
     */
    public ClientRegistration firstParty() {
        return users(new UserFacing(users.name(), users.redirectUris(), users.postLogoutRedirectUris(), true));
    }

    private ClientRegistration users(UserFacing facing) {
        return new ClientRegistration(id, secret, scopes, audiences, grants, facing);
    }

    private static List<URI> uris(String... texts) {
        return Stream.of(texts).map(URI::create).toList();
    }
}
