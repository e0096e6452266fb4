package dev.lintel.auth;

import dev.lintel.auth.net.Urls;
import dev.lintel.core.Policy;
import dev.lintel.core.SecretRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets people log in with a browser in front of a web application: by the authorization code grant with PKCE at an OpenID
 * provider, after which an encrypted cookie carries the session (OpenID Connect Core, 3.1; RFC 7636). Browsers that ask for a
 * page are sent to the provider; whatever else comes without a session is answered 401.
 *
 * <p>Without a rule everybody must have logged in everywhere. Where an {@link OAuth2} policy is said as well, its rules govern
 * alone, and a session meets them like a token. The login's own endpoints are {@code /oauth2/start}, {@code callback}, {@code
 * sign_out}, {@code backchannel_logout} and {@code userinfo}.
 *
 * @param issuer the OpenID provider, exactly as it stands in {@code iss}
 * @param clientId the client's identifier there
 * @param clientSecret the place of its secret; null for a public client
 * @param cookieKeys the place of the keys for cookies: one or more in base64, 32 bytes each, one a line; the first encrypts, all
 *     decrypt; null for the key {@code cookie-keys} beside the client's secret
 * @param scopes what is asked for beside {@code openid}; {@code offline_access} where the provider wants it for refresh tokens
 * @param rules what is asked of a session at each endpoint
 * @param groupsClaim the claim of the ID token that names a user's groups; null for {@code groups}
 * @param cookie the cookie's name; null for {@code __Host-lintel}
 * @param lifetime how long a session may last; null for 8 hours
 * @param idle after how long without a request it ends; null for never
 * @param afterLogout the path that browsers come to when they have logged out; null for {@code /}
 * @param passesAccessToken whether the service gets the access token, as {@code Authorization} and {@code
 *     X-Auth-Request-Access-Token}
 */
public record Login(
        String issuer,
        String clientId,
        @Nullable SecretRef clientSecret,
        @Nullable SecretRef cookieKeys,
        List<String> scopes,
        List<Rule> rules,
        @Nullable String groupsClaim,
        @Nullable String cookie,
        @Nullable Duration lifetime,
        @Nullable Duration idle,
        @Nullable String afterLogout,
        boolean passesAccessToken)
        implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "auth.login/v1";

    /** Where the login's own endpoints are. */
    static final String PREFIX = "/oauth2";

    static final String GROUPS = "groups";
    static final String COOKIE = "__Host-lintel";
    static final Duration LIFETIME = Duration.ofHours(8);

    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,200}");
    private static final Pattern COOKIE_NAME = Pattern.compile("__Host-[A-Za-z0-9-]{1,32}");
    private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[A-Za-z0-9/._~-]{0,200}");
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    /** Checks every value that is wrong by itself. */
    public Login {
        Urls.issuer(issuer);
        Objects.requireNonNull(clientId, "clientId");
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("a login needs the client's identifier at '" + issuer + "'");
        }
        scopes = scopes == null ? List.of() : List.copyOf(scopes);
        for (String scope : scopes) {
            if (!SCOPE.matcher(scope).matches()) {
                throw new IllegalArgumentException("a scope must be visible ASCII without spaces, quotes and"
                        + " backslashes (RFC 6749, 3.3), but the login was given '" + scope + "'");
            }
        }
        if (new LinkedHashSet<>(scopes).size() < scopes.size()) {
            throw new IllegalArgumentException("a login asks for each scope once, but was given " + scopes);
        }
        rules = rules == null ? List.of() : List.copyOf(rules);
        if (groupsClaim != null && groupsClaim.isBlank()) {
            throw new IllegalArgumentException("the claim of a user's groups must have a name");
        }
        if (cookie != null && !COOKIE_NAME.matcher(cookie).matches()) {
            throw new IllegalArgumentException(
                    "a session's cookie must be called '__Host-' and up to 32 letters, digits and"
                            + " hyphens, so that no other host can set it (RFC 6265bis, 4.1.3.2), but was '" + cookie
                            + "'");
        }
        if (afterLogout != null && !PATH.matcher(afterLogout).matches()) {
            throw new IllegalArgumentException(
                    "a path after the logout must be one of this API, as in '/goodbye', but was '" + afterLogout + "'");
        }
        checkTime("a session's lifetime", lifetime);
        checkTime("a session's idle time", idle);
    }

    private static void checkTime(String what, @Nullable Duration time) {
        if (time != null && (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(what + " must be 1 minute to 30 days, but was " + time);
        }
    }

    /**
     * Lets people log in as users of a confidential client.
     *
     * @param issuer an {@code https} URL, exactly as it stands in the tokens; {@code http} on loopback only
     * @param clientId the client's identifier there
     * @param clientSecret the place of its secret
     * @return a policy that asks for a session everywhere
     */
    public static Login login(String issuer, String clientId, SecretRef clientSecret) {
        Objects.requireNonNull(clientSecret, "clientSecret");
        return of(issuer, clientId, clientSecret, null);
    }

    /**
     * Lets people log in as users of a public client, which has no secret; {@link #cookieKeys} must be said.
     *
     * @param issuer an {@code https} URL, exactly as it stands in the tokens; {@code http} on loopback only
     * @param clientId the client's identifier there
     * @return a policy that asks for a session everywhere
     */
    public static Login login(String issuer, String clientId) {
        return of(issuer, clientId, null, null);
    }

    private static Login of(String issuer, String clientId, @Nullable SecretRef secret, @Nullable SecretRef keys) {
        return new Login(issuer, clientId, secret, keys, List.of(), List.of(), null, null, null, null, null, false);
    }

    /**
     * The same login with keys at a place of their own.
     *
     * @param keys one or more keys in base64, 32 bytes each, one a line: put a new one first, and take an old one away when all
     *     sessions of its time have ended; at least before it has encrypted 2^32 cookies (NIST SP 800-38D, 8.3)
     * @return a new policy
     */
    public Login cookieKeys(SecretRef keys) {
        return with(keys, scopes, rules, groupsClaim, cookie, lifetime, idle, afterLogout, passesAccessToken);
    }

    /**
     * The same login, asking for scopes beside {@code openid}.
     *
     * @param more for example {@code profile} and {@code email}
     * @return a new policy
     */
    public Login scopes(String... more) {
        List<String> all = new ArrayList<>(scopes);
        all.addAll(List.of(more));
        return with(cookieKeys, all, rules, groupsClaim, cookie, lifetime, idle, afterLogout, passesAccessToken);
    }

    /**
     * The same login, asking for one of some groups at an endpoint.
     *
     * @param endpoint for example {@code /admin/**}
     * @param anyOf the groups; a user must be in one of them
     * @return a new policy
     */
    public Login group(String endpoint, String... anyOf) {
        return rule(Rule.at(endpoint).claim(groupsClaim == null ? GROUPS : groupsClaim, anyOf));
    }

    /**
     * The same login, reading the groups from another claim. Say it before {@link #group}.
     *
     * @param name the claim's name in the ID token
     * @return a new policy
     */
    public Login groupsClaim(String name) {
        if (rules.stream().anyMatch(rule -> !rule.claims().isEmpty())) {
            throw new IllegalArgumentException(
                    "groupsClaim(\"" + name + "\") must be said before the rules that ask for groups");
        }
        return with(cookieKeys, scopes, rules, name, cookie, lifetime, idle, afterLogout, passesAccessToken);
    }

    /**
     * The same login, asking for scopes that the provider granted, at an endpoint.
     *
     * @param endpoint for example {@code GET /orders/**}
     * @param all at least one
     * @return a new policy
     */
    public Login scope(String endpoint, String... all) {
        return rule(Rule.at(endpoint).scopes(all));
    }

    /**
     * The same login, asking for any session at some endpoints.
     *
     * @param endpoints at least one
     * @return a new policy
     */
    public Login authenticated(String... endpoints) {
        return all("authenticated", Allow.ANY_TOKEN, endpoints);
    }

    /**
     * The same login, asking for nothing at some endpoints.
     *
     * @param endpoints at least one
     * @return a new policy
     */
    public Login publicPaths(String... endpoints) {
        return all("publicPaths", Allow.ANYONE, endpoints);
    }

    /**
     * The same login, letting nobody in at some endpoints.
     *
     * @param endpoints at least one
     * @return a new policy
     */
    public Login deny(String... endpoints) {
        return all("deny", Allow.NOBODY, endpoints);
    }

    /**
     * The same login with one more rule.
     *
     * @param rule what is asked of a session where
     * @return a new policy
     */
    public Login rule(Rule rule) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(rule);
        return rules(more);
    }

    /**
     * The same login with a cookie of another name, for APIs that share a host.
     *
     * @param name {@code __Host-} and letters, digits and hyphens
     * @return a new policy
     */
    public Login cookie(String name) {
        return with(cookieKeys, scopes, rules, groupsClaim, name, lifetime, idle, afterLogout, passesAccessToken);
    }

    /**
     * The same login with sessions that last no longer than this, whatever the provider says.
     *
     * @param longest 1 minute to 30 days
     * @return a new policy
     */
    public Login lifetime(Duration longest) {
        return with(cookieKeys, scopes, rules, groupsClaim, cookie, longest, idle, afterLogout, passesAccessToken);
    }

    /**
     * The same login with sessions that end when nobody asks for anything.
     *
     * @param time 1 minute to 30 days
     * @return a new policy
     */
    public Login idle(Duration time) {
        return with(cookieKeys, scopes, rules, groupsClaim, cookie, lifetime, time, afterLogout, passesAccessToken);
    }

    /**
     * The same login with another page after the logout. It must be registered at the provider.
     *
     * @param path a path of the API, usually a public one
     * @return a new policy
     */
    public Login afterLogout(String path) {
        return with(cookieKeys, scopes, rules, groupsClaim, cookie, lifetime, idle, path, passesAccessToken);
    }

    /**
     * The same login, where the service gets the user's access token.
     *
     * @return a new policy
     */
    public Login passAccessToken() {
        return with(cookieKeys, scopes, rules, groupsClaim, cookie, lifetime, idle, afterLogout, true);
    }

    private Login all(String word, Allow allow, String... endpoints) {
        return rules(Rule.all(rules, word, allow, endpoints));
    }

    private Login rules(List<Rule> all) {
        return with(cookieKeys, scopes, all, groupsClaim, cookie, lifetime, idle, afterLogout, passesAccessToken);
    }

    private Login with(
            @Nullable SecretRef keys,
            List<String> asked,
            List<Rule> said,
            @Nullable String groups,
            @Nullable String name,
            @Nullable Duration longest,
            @Nullable Duration rest,
            @Nullable String after,
            boolean pass) {
        return new Login(issuer, clientId, clientSecret, keys, asked, said, groups, name, longest, rest, after, pass);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
