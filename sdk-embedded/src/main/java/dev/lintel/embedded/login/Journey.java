package dev.lintel.embedded.login;

import dev.lintel.auth.jwt.LogoutToken;
import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.oauth.WebLogin;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import dev.lintel.core.evaluate.Request;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.LoginRule.Step;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a browser to the provider and back, and out again. Blocks. */
final class Journey {
    private static final Logger LOG = LoggerFactory.getLogger(Journey.class);

    private final LoginRule rule;
    private final Provider provider;
    private final SessionStore store;
    private final Attempts attempts;
    private final Revocations revocations;
    private final InstantSource clock;

    Journey(
            LoginRule rule,
            Provider provider,
            SessionStore store,
            Attempts attempts,
            Revocations revocations,
            InstantSource clock) {
        this.rule = rule;
        this.provider = provider;
        this.store = store;
        this.attempts = attempts;
        this.revocations = revocations;
        this.clock = clock;
    }

    LoginAnswer answer(Step step, Request request, @Nullable Session session, SessionKeys keys, String body) {
        return switch (step) {
            case NEEDED -> begin(target(request), keys, request);
            case START -> begin(parameter(request.query(), "rd"), keys, request);
            case CALLBACK -> callback(request, session, keys);
            case SIGN_OUT -> signOut(request, session);
            case BACK_CHANNEL -> backChannel(body);
            case USER_INFO -> userInfo(session);
            case UNKNOWN -> LoginAnswer.problem(404, "there is nothing here");
        };
    }

    private static String target(Request request) {
        return request.query() == null ? request.path() : request.path() + "?" + request.query();
    }

    /** This host as the browser knows it; it is one of the API's, or the request would not have come here. */
    private static String origin(Request request) {
        return request.scheme() + "://" + request.host();
    }

    private URI back(Request request) {
        return URI.create(origin(request) + rule.prefix() + "/callback");
    }

    private String start() {
        return rule.prefix() + "/start";
    }

    private LoginAnswer begin(@Nullable String asked, SessionKeys keys, Request request) {
        Secret key = attempts.newKey();
        try {
            WebLogin.Begun begun = provider.login(back(request), key).begin();
            String path = OwnPath.of(asked, rule.prefix());
            return LoginAnswer.redirect(begun.uri().toString())
                    .cookies(attempts.begin(begun, key, path, keys, request));
        } catch (TokenFetchException e) {
            LOG.warn("Nobody can log in: {}", e.getMessage());
            return LoginPages.unavailable();
        }
    }

    private LoginAnswer callback(Request request, @Nullable Session before, SessionKeys keys) {
        URI came;
        try {
            came = URI.create(back(request) + (request.query() == null ? "" : "?" + request.query()));
        } catch (IllegalArgumentException e) {
            return LoginPages.lost(start());
        }
        for (Attempts.Attempt attempt : attempts.all(keys, request)) {
            WebLogin login = provider.login(back(request), attempt.key());
            if (login.isAnswered(attempt.pending(), came) && attempts.finish(attempt)) {
                return finish(login, attempt, came, before, keys, request)
                        .cookies(List.of(CookieParts.remove(attempt.cookie())));
            }
        }
        return LoginPages.lost(start());
    }

    private LoginAnswer finish(
            WebLogin login,
            Attempts.Attempt attempt,
            URI came,
            @Nullable Session before,
            SessionKeys keys,
            Request request) {
        try {
            Session session = provider.session(login.finish(attempt.pending(), came));
            List<String> cookies = store.written(session, keys, request);
            if (cookies == null) {
                LOG.warn("A session has no room in cookies; ask for fewer scopes or claims, or pass no access token");
                return LoginPages.tooLarge();
            }
            if (before != null) {
                store.end(before);
            }
            return LoginAnswer.redirect(origin(request) + attempt.path()).cookies(cookies);
        } catch (TokenFetchException e) {
            LOG.info("A login was not finished: {}", e.getMessage());
            if ("access_denied".equals(e.error())) {
                return LoginPages.declined(start());
            }
            return switch (e.kind()) {
                case RETRYABLE, AMBIGUOUS -> LoginPages.unavailable();
                case PERMANENT, INVALID_GRANT -> LoginPages.lost(start());
            };
        }
    }

    /**
     * Browsers say where a request comes from (Fetch Metadata); one that another site made is no wish of the user. Where nothing
     * is said, a session that came along is enough for a POST, because {@code SameSite=Lax} keeps it from others' posts.
     */
    private LoginAnswer signOut(Request request, @Nullable Session session) {
        String site = request.header("sec-fetch-site");
        boolean own = "same-origin".equals(site) || "none".equals(site);
        if (!request.method().equals("POST")) {
            return own && session != null && !request.method().equals("HEAD")
                    ? ended(request, session)
                    : session == null ? goodbye(request, null) : LoginPages.question(rule.prefix() + "/sign_out");
        }
        String origin = request.header("origin");
        boolean foreign = site != null && !own || origin != null && !origin.equals(origin(request));
        if (foreign) {
            return LoginPages.foreign();
        }
        return session == null ? goodbye(request, null) : ended(request, session);
    }

    private LoginAnswer ended(Request request, Session session) {
        store.end(session);
        provider.revoke(session);
        return goodbye(request, session).cookies(store.removed(request));
    }

    private LoginAnswer goodbye(Request request, @Nullable Session session) {
        String back = origin(request) + rule.afterLogout();
        String there = session == null ? null : provider.endSession(session, back);
        return LoginAnswer.redirect(there == null ? back : there);
    }

    /** OpenID Connect Back-Channel Logout 1.0, 2.5 to 2.8. */
    private LoginAnswer backChannel(String body) {
        String raw = parameter(body, "logout_token");
        if (raw == null) {
            return LoginAnswer.json(400, "{\"error\":\"invalid_request\"}\n");
        }
        try {
            LogoutToken token = provider.logoutToken(raw);
            long now = clock.millis();
            if (!revocations.first(token.id(), now)) {
                return LoginAnswer.json(400, "{\"error\":\"invalid_request\"}\n");
            }
            // The provider's clock may be another: what counts is that it was said now.
            revocations.atProvider(token.session(), token.subject(), now);
            return LoginAnswer.empty(200);
        } catch (TokenFetchException e) {
            LOG.info("A logout token was refused: {}", e.getMessage());
            return LoginAnswer.json(400, "{\"error\":\"invalid_request\"}\n");
        }
    }

    private LoginAnswer userInfo(@Nullable Session session) {
        if (session == null) {
            return LoginAnswer.problem(401, "nobody is logged in").header("WWW-Authenticate", "Bearer");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("user", session.subject());
        for (String name : List.of(Claims.EMAIL, Claims.USER_NAME)) {
            if (session.claims().get(name) instanceof String text) {
                members.put(name, text);
            }
        }
        members.put("groups", groups(session));
        members.put("scopes", session.scopes());
        return LoginAnswer.json(200, StrictJson.write(members) + "\n");
    }

    private List<String> groups(Session session) {
        List<String> groups = new ArrayList<>();
        Object said = session.claims().get(rule.groupsClaim());
        if (said instanceof List<?> several) {
            several.forEach(one -> groups.add(String.valueOf(one)));
        } else if (said instanceof String one) {
            groups.add(one);
        }
        return groups;
    }

    /** A parameter of a query or a form; null if it is not there, twice, or not readable. */
    static @Nullable String parameter(@Nullable String form, String name) {
        String found = null;
        for (String pair : form == null ? new String[0] : form.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                if (found != null) {
                    return null;
                }
                try {
                    found = URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    return null;
                }
            }
        }
        return found;
    }
}
