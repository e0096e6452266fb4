package dev.lintel.embedded.login;

import dev.lintel.auth.jwt.IdToken;
import dev.lintel.auth.jwt.LogoutToken;
import dev.lintel.auth.oauth.Login;
import dev.lintel.auth.oauth.LoginRequest;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.oauth.TokenKind;
import dev.lintel.auth.oauth.WebLogin;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.Randoms;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.server.OAuthSettings;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import dev.lintel.core.model.LoginRule;
import dev.lintel.embedded.elsewhere.ReadSecret;
import dev.lintel.embedded.elsewhere.SecretReader;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The OpenID provider, as one client sees it. All of this blocks. */
final class Provider implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long MARGIN = 60_000;
    private static final int LONGEST_HINT = 3000;

    private final LoginRule rule;
    private final Claims claims;
    private final OAuthClient client;
    private final RandomGenerator random;

    Provider(LoginRule rule, Claims claims, SecretReader secrets, InstantSource clock, RandomGenerator random) {
        this.rule = rule;
        this.claims = claims;
        this.random = random;
        ClientAuthentication who = rule.clientSecret() == null
                ? ClientAuthentication.none()
                : new ReadSecret(rule.clientSecret(), secrets);
        this.client = OAuthClient.at(
                rule.issuer(),
                rule.clientId(),
                who,
                OAuthSettings.DEFAULT.withClock(clock).withRandom(random).withTimeout(PATIENCE));
    }

    WebLogin login(URI redirect, Secret key) {
        return client.webLogin(redirect, LoginRequest.of(rule.scopes().toArray(String[]::new)))
                .sealedWith(key);
    }

    /** The session of somebody who has just logged in. */
    Session session(Login login) throws TokenFetchException {
        IdToken user = Objects.requireNonNull(login.user());
        FetchedToken token = login.token();
        // Whatever ends after its tokens were asked for ends this session, too.
        long now = token.asked().toEpochMilli();
        long ends = now + rule.lifetime().toMillis();
        Map<String, Object> said = new LinkedHashMap<>(user.claims());
        if (claims.lacks(said) && knows(Endpoint.USER_INFO)) {
            client.userInfo(token.value(), user.subject()).forEach(said::putIfAbsent);
        }
        Secret hint = token.idToken();
        boolean shown = hint != null && hint.reveal().length() <= LONGEST_HINT && knows(Endpoint.END_SESSION);
        return new Session(
                Randoms.text(random, 16),
                0,
                now,
                ends,
                now,
                tokenEnds(token, ends),
                renewAt(token, ends),
                user.subject(),
                user.claims().get("sid") instanceof String sid && !sid.isEmpty() && sid.length() <= 255 ? sid : null,
                token.granted().isEmpty() ? token.requested() : token.granted(),
                claims.pick(said),
                rule.passToken() ? token.value() : null,
                token.refreshToken(),
                shown ? hint : null);
    }

    private boolean knows(Endpoint endpoint) throws TokenFetchException {
        return client.server().endpoint(endpoint).isPresent();
    }

    private static long tokenEnds(FetchedToken token, long ends) {
        Duration lifetime = token.lifetime();
        return lifetime == null
                ? ends
                : Math.min(ends, token.asked().plus(lifetime).toEpochMilli());
    }

    /** A minute before the token ends, or earlier than that for short ones. */
    private static long renewAt(FetchedToken token, long ends) {
        Duration lifetime = token.lifetime();
        return lifetime == null ? Long.MAX_VALUE : tokenEnds(token, ends) - Math.min(MARGIN, lifetime.toMillis() / 4);
    }

    /** New tokens for a session. */
    Renewals.Answer renew(Session session) {
        try {
            FetchedToken token = client.refresh().refresh(Objects.requireNonNull(session.refreshToken()));
            Secret next = token.refreshToken();
            Session renewed = new Session(
                    session.id(),
                    session.generation() + 1,
                    session.began(),
                    session.ends(),
                    session.seen(),
                    tokenEnds(token, session.ends()),
                    renewAt(token, session.ends()),
                    session.subject(),
                    session.providerSession(),
                    token.granted().isEmpty() ? session.scopes() : token.granted(),
                    session.claims(),
                    rule.passToken() ? token.value() : null,
                    next == null ? session.refreshToken() : next,
                    session.idToken());
            return new Renewals.Answer(renewed, false, 0);
        } catch (TokenFetchException e) {
            LOG.info("The tokens of a session cannot be renewed: {}", e.getMessage());
            return switch (e.kind()) {
                case INVALID_GRANT -> new Renewals.Answer(null, true, Long.MAX_VALUE);
                // It may have been used: asking again could have the provider end all of the user's tokens.
                case AMBIGUOUS -> new Renewals.Answer(null, false, Long.MAX_VALUE);
                case RETRYABLE, PERMANENT -> new Renewals.Answer(null, false, pause(e));
            };
        }
    }

    private static long pause(TokenFetchException e) {
        Duration said = e.retryAfter();
        return said == null ? 5_000 : Math.max(1_000, Math.min(said.toMillis(), 60_000));
    }

    LogoutToken logoutToken(String raw) throws TokenFetchException {
        return client.logoutToken(raw);
    }

    /** Where a browser logs out at the provider (RP-Initiated Logout 1.0, 2); null if it cannot. */
    @Nullable
    String endSession(@Nullable Session session, String back) {
        try {
            URI endpoint = client.server().endpoint(Endpoint.END_SESSION).orElse(null);
            if (endpoint == null) {
                return null;
            }
            Map<String, String> parameters = new LinkedHashMap<>();
            if (session != null && session.idToken() != null) {
                parameters.put("id_token_hint", session.idToken().reveal());
            }
            parameters.put("client_id", rule.clientId());
            parameters.put("post_logout_redirect_uri", back);
            StringBuilder uri = new StringBuilder(endpoint.toString());
            char before = endpoint.getRawQuery() == null ? '?' : '&';
            for (Map.Entry<String, String> one : parameters.entrySet()) {
                uri.append(before).append(one.getKey()).append('=');
                uri.append(URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8));
                before = '&';
            }
            return uri.toString();
        } catch (TokenFetchException e) {
            LOG.info("The provider cannot be asked where people log out: {}", e.getMessage());
            return null;
        }
    }

    /** Gives a session's refresh token back, so that nobody can use it any more. */
    void revoke(Session session) {
        Secret refresh = session.refreshToken();
        try {
            if (refresh != null && knows(Endpoint.REVOCATION)) {
                client.revoke(refresh, TokenKind.REFRESH_TOKEN);
            }
        } catch (TokenFetchException e) {
            LOG.info("A refresh token was not given back at the logout: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
