package dev.lintel.embedded.login;

import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.LoginRule;
import dev.lintel.embedded.wire.Amendment;
import dev.lintel.embedded.wire.Fields;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What only the logins of one host may say, and who they say it of: removed from what goes on to every service behind that
 * host, because browsers send a session's cookie to all paths, and whoever gets it could use it.
 */
public final class HostFields implements Amendment {
    private static final String PREFIX = "x-auth-request-";

    private final List<String> cookies;

    private HostFields(Collection<String> cookies) {
        this.cookies = List.copyOf(cookies);
    }

    /** Those of the hosts of an API; null if nobody logs in there. */
    public static @Nullable HostFields of(ApiModel api, List<ApiModel> all) {
        Set<String> cookies = all.stream()
                .filter(other ->
                        other.entry().hosts().stream().anyMatch(api.entry().hosts()::contains))
                .map(other -> other.entry().login())
                .filter(Objects::nonNull)
                .map(LoginRule::cookie)
                .collect(Collectors.toCollection(TreeSet::new));
        return cookies.isEmpty() ? null : new HostFields(cookies);
    }

    @Override
    public void request(HttpHeaders headers) {
        users(headers);
        List<String> lines = headers.getAll(HttpHeaderNames.COOKIE);
        if (!lines.isEmpty()) {
            List<String> kept = kept(lines);
            if (kept.isEmpty()) {
                headers.remove(HttpHeaderNames.COOKIE);
            } else {
                headers.set(HttpHeaderNames.COOKIE, String.join("; ", kept));
            }
        }
    }

    /** Those who read trailers take them for headers. */
    @Override
    public void trailers(HttpHeaders trailers) {
        users(trailers);
    }

    @Override
    public void response(HttpHeaders headers) {}

    /** Also under names that some take for the same (RFC 3875, 4.1.18). */
    private static void users(HttpHeaders headers) {
        for (String name : headers.names()) {
            String same = name.toLowerCase(Locale.ROOT).replace('_', '-');
            if (same.startsWith(PREFIX) || Fields.isForwardedUser(same)) {
                headers.remove(name);
            }
        }
    }

    private List<String> kept(List<String> lines) {
        List<String> kept = new ArrayList<>();
        for (String line : lines) {
            for (String pair : line.split(";", -1)) {
                String one = pair.strip();
                if (!one.isEmpty() && cookies.stream().noneMatch(cookie -> isOf(cookie, one))) {
                    kept.add(one);
                }
            }
        }
        return kept;
    }

    /** Browsers keep {@code __Host-} in any case, and services may read a name in any. */
    private static boolean isOf(String cookie, String pair) {
        if (!pair.regionMatches(true, 0, cookie, 0, cookie.length())) {
            return false;
        }
        return pair.length() == cookie.length() || "=_ \t".indexOf(pair.charAt(cookie.length())) >= 0;
    }
}
