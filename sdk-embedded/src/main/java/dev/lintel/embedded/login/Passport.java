package dev.lintel.embedded.login;

import dev.lintel.core.model.LoginRule;
import dev.lintel.embedded.wire.Amendment;
import dev.lintel.embedded.wire.Fields;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a service behind a login learns: the user in {@code X-Auth-Request-*}, as oauth2-proxy names it, and never a session's
 * cookie. What comes from outside under these names is removed.
 */
public final class Passport implements Amendment {
    private final LoginRule rule;
    private final Entrance entrance;
    private final boolean bearer;
    private final HostFields fields;

    /**
     * What goes on of one request.
     *
     * @param rule of the login
     * @param entrance who has come; counts only where no token was presented
     * @param bearer whether a token was presented and judged, so that the session does not count
     * @param fields what is removed
     */
    Passport(LoginRule rule, Entrance entrance, boolean bearer, HostFields fields) {
        this.rule = rule;
        this.entrance = entrance;
        this.bearer = bearer;
        this.fields = fields;
    }

    @Override
    public void request(HttpHeaders headers) {
        fields.request(headers);
        Session session = bearer ? null : entrance.session();
        if (rule.passToken() && !bearer) {
            headers.remove(HttpHeaderNames.AUTHORIZATION);
        }
        if (session != null) {
            tell(headers, session);
        }
    }

    private void tell(HttpHeaders headers, Session session) {
        set(headers, "X-Auth-Request-User", session.subject());
        set(headers, "X-Auth-Request-Email", session.claims().get(Claims.EMAIL));
        set(headers, "X-Auth-Request-Preferred-Username", session.claims().get(Claims.USER_NAME));
        set(headers, "X-Auth-Request-Groups", groups(session.claims().get(rule.groupsClaim())));
        if (rule.passToken() && session.accessToken() != null) {
            String token = session.accessToken().reveal();
            set(headers, "X-Auth-Request-Access-Token", token);
            set(headers, "Authorization", "Bearer " + token);
        }
    }

    /** A name with a comma would be read as two. */
    private static @Nullable String groups(@Nullable Object said) {
        List<?> all = said instanceof List<?> several ? several : said == null ? List.of() : List.of(said);
        String joined = all.stream()
                .map(String::valueOf)
                .filter(one -> one.indexOf(',') < 0 && isPlain(one))
                .collect(Collectors.joining(","));
        return joined.isEmpty() ? null : joined;
    }

    private static void set(HttpHeaders headers, String name, @Nullable Object value) {
        if (value instanceof String text && !text.isEmpty() && isPlain(text) && Fields.isField(name, text)) {
            headers.set(name, text);
        }
    }

    /** What is not plain ASCII could be read as something else, so that it is rather left out. */
    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    @Override
    public void trailers(HttpHeaders trailers) {
        fields.trailers(trailers);
    }

    @Override
    public void response(HttpHeaders headers) {
        if (!entrance.cookies().isEmpty()) {
            entrance.cookies().forEach(cookie -> headers.add(HttpHeaderNames.SET_COOKIE, cookie));
            headers.set(HttpHeaderNames.CACHE_CONTROL, "private, no-store");
        }
    }
}
