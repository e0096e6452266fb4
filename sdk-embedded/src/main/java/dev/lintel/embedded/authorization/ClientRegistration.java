package dev.lintel.embedded.authorization;

import dev.lintel.auth.net.Urls;
import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.keys.ClientKeys;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client that an authorization server knows (RFC 6749, 2), with how it proves itself and what it may ask for; a value,
 * each method answers a new one.
 */
public final class ClientRegistration implements Cloneable {
    private static final Pattern ID = Pattern.compile("[\\x20-\\x7E]{1,200}");
    private static final int LONGEST_NAME = 100;

    final String id;
    final ClientMethod method;

    @Nullable
    Secret secret;

    @Nullable
    ClientKeys keys;

    @Nullable
    String subjectName;

    @Nullable
    String name;

    @Nullable
    Duration accessTokenLifetime;

    @Nullable
    Duration refreshTokenLifetime;

    List<X509Certificate> certificates = List.of();
    List<String> scopes = List.of();
    List<String> audiences = List.of();
    List<String> served = List.of();
    List<String> grants = List.of(GrantTypes.CLIENT_CREDENTIALS);
    List<URI> redirectUris = List.of();
    List<URI> postLogoutRedirectUris = List.of();

    @Nullable
    URI backChannelLogoutUri;

    /** What plans have written about it; null if it is in none. */
    @Nullable
    PlanMark mark;

    boolean opaque;
    boolean proofNeeded;
    boolean certificateBound;
    boolean firstParty;

    private ClientRegistration(String id, ClientMethod method) {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "a client's id must be 1 to 200 characters of printable ASCII, but was '" + id + "'");
        }
        this.id = id;
        this.method = method;
    }

    /** Whether there can be a client of this id. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * A client with a secret, sent by Basic or in the form; it may use client credentials and has no scopes yet.
     *
     * @param id printable ASCII, at most 200 characters
     * @param secret what it proves itself with; the server keeps only a salted hash of it
     * @return the registration
     */
    public static ClientRegistration of(String id, Secret secret) {
        ClientRegistration client = new ClientRegistration(id, ClientMethod.SECRET);
        client.secret = Objects.requireNonNull(secret, "secret");
        return client;
    }

    /**
     * A client that cannot keep a secret, like an application on a device (RFC 6749, 2.1). It may log users in and refresh
     * their tokens.
     *
     * @param id printable ASCII, at most 200 characters
     * @param redirectUris where codes may be sent to, compared exactly
     * @return the registration
     */
    public static ClientRegistration publicClient(String id, URI... redirectUris) {
        return new ClientRegistration(id, ClientMethod.NONE)
                .grants(GrantTypes.AUTHORIZATION_CODE, GrantTypes.REFRESH_TOKEN)
                .redirectUris(redirectUris);
    }

    /**
     * A client that signs assertions with a key of its own ({@code private_key_jwt}); it may use client credentials.
     *
     * @param id printable ASCII, at most 200 characters
     * @param jwks its public keys, a JSON Web Key Set
     * @return the registration
     */
    public static ClientRegistration privateKeyJwt(String id, String jwks) {
        ClientRegistration client = new ClientRegistration(id, ClientMethod.PRIVATE_KEY_JWT);
        client.keys = ClientKeys.of(jwks);
        return client;
    }

    /**
     * A client that signs assertions, and publishes its keys.
     *
     * @param id printable ASCII, at most 200 characters
     * @param jwksUri where they are; {@code http} only for loopback
     * @return the registration
     */
    public static ClientRegistration privateKeyJwt(String id, URI jwksUri) {
        ClientRegistration client = new ClientRegistration(id, ClientMethod.PRIVATE_KEY_JWT);
        client.keys = ClientKeys.at(jwksUri);
        return client;
    }

    /**
     * A client that shows a certificate for which an authority vouches ({@code tls_client_auth}; RFC 8705, 2.1).
     *
     * @param id printable ASCII, at most 200 characters
     * @param subjectName the certificate's subject, for example {@code CN=shop,O=Example}
     * @return the registration
     */
    public static ClientRegistration tls(String id, String subjectName) {
        ClientRegistration client = new ClientRegistration(id, ClientMethod.TLS);
        client.subjectName = Certificates.canonicalName(subjectName);
        return client;
    }

    /**
     * A client that shows one of these certificates ({@code self_signed_tls_client_auth}; RFC 8705, 2.2).
     *
     * @param id printable ASCII, at most 200 characters
     * @param certificates compared as they are
     * @return the registration
     */
    public static ClientRegistration selfSignedTls(String id, X509Certificate... certificates) {
        if (certificates.length == 0) {
            throw new IllegalArgumentException("client '" + id + "' needs at least one certificate");
        }
        ClientRegistration client = new ClientRegistration(id, ClientMethod.SELF_SIGNED_TLS);
        client.certificates = List.of(certificates);
        return client;
    }

    /**
     * Which scopes it may have; all of them unless it asks for some.
     *
     * @param allowed scope values (RFC 6749, 3.3)
     * @return a new registration
     */
    public ClientRegistration scopes(String... allowed) {
        for (String scope : allowed) {
            if (!Scopes.isToken(scope)) {
                throw new IllegalArgumentException("client '" + id + "': a scope must be printable ASCII without"
                        + " spaces, quotes and backslashes, but was '" + scope + "'");
            }
        }
        ClientRegistration changed = copy();
        changed.scopes = List.of(allowed);
        return changed;
    }

    /**
     * Whom its tokens may be for, also by token exchange; all of them unless it asks for some. Without any, its tokens are
     * for the server's own default audience.
     *
     * @param allowed names of resource servers
     * @return a new registration
     */
    public ClientRegistration audiences(String... allowed) {
        ClientRegistration changed = copy();
        changed.audiences = named(allowed);
        return changed;
    }

    /**
     * For a resource server: the audiences under which it serves. It may ask about their tokens (RFC 7662) and exchange
     * them (RFC 8693), beyond those that it got itself and those for its own identifier.
     *
     * @param names as they stand in {@code aud}
     * @return a new registration
     */
    public ClientRegistration serves(String... names) {
        ClientRegistration changed = copy();
        changed.served = named(names);
        return changed;
    }

    /**
     * The grant types that it may use, in place of those that were said before.
     *
     * @param allowed for example {@link GrantTypes#CLIENT_CREDENTIALS}
     * @return a new registration
     * @throws IllegalArgumentException if there is no such grant type here
     */
    public ClientRegistration grants(String... allowed) {
        for (String grant : allowed) {
            if (!GrantTypes.ALL.contains(grant)) {
                throw new IllegalArgumentException("client '" + id + "' cannot use the grant '" + grant
                        + "', because this server offers only " + String.join(", ", GrantTypes.ALL));
            }
        }
        ClientRegistration changed = copy();
        changed.grants = List.of(allowed);
        return changed;
    }

    /**
     * Where codes may be sent to, compared exactly; only the port of a loopback address may vary (RFC 8252, 7.3).
     *
     * @param allowed {@code https}, {@code http} for loopback, or of a scheme with a dot (RFC 8252, 7.1); without fragment
     * @return a new registration
     */
    public ClientRegistration redirectUris(URI... allowed) {
        for (URI uri : allowed) {
            RedirectUris.check(id, uri);
        }
        ClientRegistration changed = copy();
        changed.redirectUris = List.of(allowed);
        return changed;
    }

    /**
     * Where users may be sent after they have logged out, compared exactly.
     *
     * @param allowed like redirect URIs
     * @return a new registration
     */
    public ClientRegistration postLogoutRedirectUris(URI... allowed) {
        for (URI uri : allowed) {
            RedirectUris.check(id, uri);
        }
        ClientRegistration changed = copy();
        changed.postLogoutRedirectUris = List.of(allowed);
        return changed;
    }

    /**
     * Where the client is told that somebody has logged out (OpenID Connect Back-Channel Logout 1.0, 2.2).
     *
     * @param uri {@code https}; {@code http} on loopback only
     * @return a new registration
     */
    public ClientRegistration backChannelLogoutUri(URI uri) {
        Urls.checked("a back-channel logout URI", uri);
        ClientRegistration changed = copy();
        changed.backChannelLogoutUri = uri;
        return changed;
    }

    /**
     * A client of the house: users are not asked whether they allow it what it asks for.
     *
     * @return a new registration
     */
    public ClientRegistration firstParty() {
        ClientRegistration changed = copy();
        changed.firstParty = true;
        return changed;
    }

    /**
     * What users are shown; its id unless said.
     *
     * @param shown for example {@code The shop}, at most 100 characters
     * @return a new registration
     */
    public ClientRegistration name(String shown) {
        if (shown.isBlank() || shown.length() > LONGEST_NAME || shown.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("client '" + id + "': a name must be 1 to " + LONGEST_NAME
                    + " characters without control characters, but was '" + shown + "'");
        }
        ClientRegistration changed = copy();
        changed.name = shown;
        return changed;
    }

    /**
     * How long its access tokens are good, in place of the server's own lifetime.
     *
     * @param lifetime 1 second to 24 hours
     * @return a new registration
     */
    public ClientRegistration accessTokenLifetime(Duration lifetime) {
        ClientRegistration changed = copy();
        changed.accessTokenLifetime = Lifetimes.accessToken(lifetime);
        return changed;
    }

    /**
     * How long after the user's consent it can refresh tokens, in place of the server's own lifetime.
     *
     * @param lifetime 1 second to 366 days
     * @return a new registration
     */
    public ClientRegistration refreshTokenLifetime(Duration lifetime) {
        ClientRegistration changed = copy();
        changed.refreshTokenLifetime = Lifetimes.refreshToken(lifetime);
        return changed;
    }

    /**
     * Its access tokens are random strings that only the server can read (RFC 7662), in place of JWTs.
     *
     * @return a new registration
     */
    public ClientRegistration opaqueTokens() {
        ClientRegistration changed = copy();
        changed.opaque = true;
        return changed;
    }

    /**
     * Its tokens are always bound to a key (RFC 9449): a token request without a proof is refused.
     *
     * @return a new registration
     */
    public ClientRegistration proofNeeded() {
        ClientRegistration changed = copy();
        changed.proofNeeded = true;
        return changed;
    }

    /**
     * Its tokens are bound to the certificate that it shows (RFC 8705, 3): a token request without one is refused.
     *
     * @return a new registration
     */
    public ClientRegistration certificateBound() {
        ClientRegistration changed = copy();
        changed.certificateBound = true;
        return changed;
    }

    /** A client that was written down, to be filled in. */
    static ClientRegistration stored(String id, ClientMethod method) {
        return new ClientRegistration(id, method);
    }

    /** The same as a part of somebody's plans. */
    ClientRegistration marked(PlanMark by) {
        ClientRegistration changed = copy();
        changed.mark = by;
        return changed;
    }

    /** What the server keeps: everything but the secret. */
    ClientRegistration withoutSecret() {
        ClientRegistration changed = copy();
        changed.secret = null;
        return changed;
    }

    private List<String> named(String... audiences) {
        List<String> all = new ArrayList<>(List.of(audiences));
        if (all.contains("")) {
            throw new IllegalArgumentException("client '" + id + "': an audience must not be empty");
        }
        return List.copyOf(all);
    }

    private ClientRegistration copy() {
        try {
            return (ClientRegistration) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("it is Cloneable", e);
        }
    }

    @Override
    public String toString() {
        return "ClientRegistration[id=" + id + ", " + method.code() + ", scopes=" + scopes + ", audiences=" + audiences
                + ", grants=" + grants + "]";
    }
}
