package dev.lintel.auth.register;

import dev.lintel.auth.TokenNeeds;
import dev.lintel.auth.net.Urls;
import dev.lintel.auth.store.SecretPlace;
import dev.lintel.core.ApiDefinition;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client as it should be registered, made by {@link #service}, {@link #webApp}, {@link #publicApp} or {@link #device},
 * with the scopes and audiences of the APIs that it {@link #calls}.
 *
 * @param id its identifier at the server; where the server assigns one by itself, its name here. A DNS label if the client
 *     has a secret, because it names the place of that as well
 * @param grants how it may get tokens
 * @param scopes what it may ask for
 * @param audiences whom its tokens may name
 * @param redirects where answers to logins may be sent
 * @param proof how it proves who it is
 * @param keys where it publishes its keys; null unless it signs assertions
 * @param issuers the only ones whose tokens the APIs that it calls accept; empty for any
 * @param place where its identifier and its secret go; null for the owner's name and the client's
 */
public record ClientSpec(
        String id,
        Set<ClientGrant> grants,
        Set<String> scopes,
        Set<String> audiences,
        Set<URI> redirects,
        ClientProof proof,
        @Nullable URI keys,
        List<String> issuers,
        @Nullable SecretPlace place) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    /** Checks that the parts fit together. */
    public ClientSpec {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "a client's id must begin with a letter or a digit and have only those and"
                            + " '.', '_', ':', '-', at most 128, but was '" + id + "'");
        }
        grants = Collections.unmodifiableSet(
                grants.isEmpty() ? EnumSet.noneOf(ClientGrant.class) : EnumSet.copyOf(grants));
        scopes = sorted(scopes);
        audiences = sorted(audiences);
        redirects = sorted(redirects);
        issuers = List.copyOf(issuers);
        for (String scope : scopes) {
            require(
                    SCOPE.matcher(scope).matches(),
                    id,
                    "a scope must be visible ASCII without spaces, quotes and"
                            + " backslashes (RFC 6749, 3.3), but was '" + scope + "'");
        }
        redirects.forEach(uri -> redirect(id, uri));
        boolean code = grants.contains(ClientGrant.AUTHORIZATION_CODE);
        require(!grants.isEmpty(), id, "it has no grant; say grants(…)");
        require(
                code != redirects.isEmpty(),
                id,
                code
                        ? "authorization_code needs an address for the answer; say redirects(…)"
                        : "redirects are for authorization_code only; say grants(AUTHORIZATION_CODE) as well");
        require(
                code || grants.contains(ClientGrant.DEVICE_CODE) || !grants.contains(ClientGrant.REFRESH_TOKEN),
                id,
                "refresh_token follows a login; say grants(AUTHORIZATION_CODE) or grants(DEVICE_CODE) as well");
        require(
                proof != ClientProof.NONE || !grants.contains(ClientGrant.CLIENT_CREDENTIALS),
                id,
                "client_credentials are for clients that prove who they are (RFC 6749, 4.4); say provesBy(…)");
        require(
                (proof == ClientProof.PRIVATE_KEY_JWT) == (keys != null),
                id,
                "private_key_jwt needs the address of the keys, and nothing else does; say signsWithKeysAt(…)");
        require(
                !proof.hasSecret() || place != null || LABEL.matcher(id).matches(),
                id,
                "its id names the place of its secret as well, so it"
                        + " must be a DNS label: lower-case letters, digits and '-', at most 63; or say secretIn(…)");
        if (keys != null) {
            Urls.checked("the address of the keys of client '" + id + "'", keys);
        }
    }

    /**
     * A program that gets tokens for itself, by a secret in the header.
     *
     * @param id its identifier
     * @return the client
     */
    public static ClientSpec service(String id) {
        return new ClientSpec(
                id,
                EnumSet.of(ClientGrant.CLIENT_CREDENTIALS),
                Set.of(),
                Set.of(),
                Set.of(),
                ClientProof.CLIENT_SECRET_BASIC,
                null,
                List.of(),
                null);
    }

    /**
     * A program on a server in which users log in by a browser; it has a secret.
     *
     * @param id its identifier
     * @param redirect where the answer is sent, {@code https} except on loopback
     * @return the client
     */
    public static ClientSpec webApp(String id, URI redirect) {
        return login(id, redirect, ClientProof.CLIENT_SECRET_BASIC);
    }

    /**
     * A program on a user's machine that can keep no secret (RFC 8252).
     *
     * @param id its identifier
     * @param redirect on loopback, or with a scheme of its own such as {@code com.example.app:/answer}
     * @return the client
     */
    public static ClientSpec publicApp(String id, URI redirect) {
        return login(id, redirect, ClientProof.NONE);
    }

    /**
     * A program on a device without a browser (RFC 8628); it can keep no secret.
     *
     * @param id its identifier
     * @return the client
     */
    public static ClientSpec device(String id) {
        return new ClientSpec(
                id,
                EnumSet.of(ClientGrant.DEVICE_CODE, ClientGrant.REFRESH_TOKEN),
                Set.of(),
                Set.of(),
                Set.of(),
                ClientProof.NONE,
                null,
                List.of(),
                null);
    }

    private static ClientSpec login(String id, URI redirect, ClientProof proof) {
        return new ClientSpec(
                id,
                EnumSet.of(ClientGrant.AUTHORIZATION_CODE, ClientGrant.REFRESH_TOKEN),
                Set.of(),
                Set.of(),
                Set.of(redirect),
                proof,
                null,
                List.of(),
                null);
    }

    /**
     * The same client, allowed to ask for what an API asks of its callers: all its scopes, for any of its audiences.
     *
     * @param definition the API, with an {@code OAuth2} policy
     * @return a new value
     * @throws IllegalArgumentException if the API asks for no tokens, or no issuer serves all APIs that this client calls
     */
    public ClientSpec calls(ApiDefinition definition) {
        TokenNeeds needs = TokenNeeds.of(definition);
        List<String> common = new ArrayList<>(needs.issuers());
        common.removeIf(issuer -> !issuers.isEmpty() && !issuers.contains(issuer));
        require(
                !common.isEmpty(),
                id,
                "'" + needs.api() + "' accepts tokens of " + needs.issuers() + ", and what it called"
                        + " before those of " + issuers + " only; register one client for each issuer");
        return new ClientSpec(
                id,
                grants,
                plus(scopes, needs.scopes()),
                plus(audiences, needs.audiences()),
                redirects,
                proof,
                keys,
                common,
                place);
    }

    /**
     * The same client with more grants.
     *
     * @param more at least one
     * @return a new value
     */
    public ClientSpec grants(ClientGrant... more) {
        return new ClientSpec(
                id, plus(grants, Arrays.asList(more)), scopes, audiences, redirects, proof, keys, issuers, place);
    }

    /**
     * The same client with more scopes, such as {@code openid} and {@code offline_access}.
     *
     * @param more at least one
     * @return a new value
     */
    public ClientSpec scopes(String... more) {
        return new ClientSpec(
                id, grants, plus(scopes, Arrays.asList(more)), audiences, redirects, proof, keys, issuers, place);
    }

    /**
     * The same client with more audiences.
     *
     * @param more at least one
     * @return a new value
     */
    public ClientSpec audiences(String... more) {
        return new ClientSpec(
                id, grants, scopes, plus(audiences, Arrays.asList(more)), redirects, proof, keys, issuers, place);
    }

    /**
     * The same client with more addresses for the answers to logins.
     *
     * @param more compared by the server as they are (RFC 9700, 2.1)
     * @return a new value
     */
    public ClientSpec redirects(URI... more) {
        return new ClientSpec(
                id, grants, scopes, audiences, plus(redirects, Arrays.asList(more)), proof, keys, issuers, place);
    }

    /**
     * The same client with another way to prove who it is.
     *
     * @param other how; for {@link ClientProof#PRIVATE_KEY_JWT} say {@link #signsWithKeysAt}
     * @return a new value
     */
    public ClientSpec provesBy(ClientProof other) {
        return new ClientSpec(id, grants, scopes, audiences, redirects, other, null, issuers, place);
    }

    /**
     * The same client, proving who it is by signed assertions; no secret exists.
     *
     * @param jwks where its JSON Web Key Set is, {@code https} except on loopback
     * @return a new value
     */
    public ClientSpec signsWithKeysAt(URI jwks) {
        return new ClientSpec(
                id, grants, scopes, audiences, redirects, ClientProof.PRIVATE_KEY_JWT, jwks, issuers, place);
    }

    /**
     * The same client, whose identifier and secret go to another place than {@code owner/id}.
     *
     * @param path namespace and name, for example {@code shop/checkout-oauth}
     * @return a new value
     */
    public ClientSpec secretIn(String path) {
        return new ClientSpec(id, grants, scopes, audiences, redirects, proof, keys, issuers, SecretPlace.of(path));
    }

    /** The same client under another identifier, with its secret where it was. */
    ClientSpec as(String other, SecretPlace there) {
        return new ClientSpec(other, grants, scopes, audiences, redirects, proof, keys, issuers, there);
    }

    /** Whether a registered client is this one, or one that took its place when a secret was replaced. */
    boolean isAlso(String registered) {
        return registered.equals(id)
                || registered.startsWith(id + "-")
                        && registered.substring(id.length() + 1).matches("[1-9][0-9]{0,8}");
    }

    /**
     * Where its identifier and its secret go.
     *
     * @param owner whose client it is
     * @return what {@link #secretIn} said, else {@code owner/id}
     */
    public SecretPlace placeFor(String owner) {
        return place == null ? new SecretPlace(owner, id) : place;
    }

    /**
     * What a server should know about it.
     *
     * @return without anything secret
     */
    public ClientFacts facts() {
        return new ClientFacts(
                grants.stream().map(ClientGrant::type).toList(),
                List.copyOf(scopes),
                List.copyOf(audiences),
                redirects.stream().map(URI::toString).toList(),
                proof.method(),
                keys == null ? null : keys.toString(),
                ClientFacts.JWT);
    }

    private static void redirect(String id, URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean own = scheme.contains(".");
        boolean web = uri.getHost() != null
                && (scheme.equals("https") || scheme.equals("http") && Urls.isLoopback(uri.getHost()));
        require(
                (own || web) && uri.getRawFragment() == null && uri.getRawUserInfo() == null,
                id,
                "a redirect must be https, http on loopback or a scheme with a dot (RFC 8252, 7), without fragment and user,"
                        + " but was '" + uri + "'");
    }

    private static void require(boolean good, String id, String message) {
        if (!good) {
            throw new IllegalArgumentException("client '" + id + "': " + message);
        }
    }

    private static <T> Set<T> plus(Set<T> some, Collection<T> more) {
        Set<T> all = new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }

    private static <T extends Comparable<T>> Set<T> sorted(Set<T> some) {
        return Collections.unmodifiableSet(new TreeSet<>(some));
    }
}
