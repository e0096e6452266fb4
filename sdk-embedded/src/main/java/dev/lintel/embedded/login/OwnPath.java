package dev.lintel.embedded.login;

import dev.lintel.core.match.PathNormalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser may be sent after the login: a path of the host that it came to, and nothing that any reader could take for
 * another host (CWE-601).
 */
final class OwnPath {
    private static final int LONGEST = 2000;

    private OwnPath() {}

    /**
     * The path and query that were asked for.
     *
     * @param asked from the request, decoded once; null if nothing was
     * @param prefix of the login's own endpoints, which would lead round in circles
     * @return {@code /} for everything that is not a plain path of this host
     */
    static String of(@Nullable String asked, String prefix) {
        return asked != null && isOwn(asked, prefix) ? asked : "/";
    }

    private static boolean isOwn(String asked, String prefix) {
        if (asked.isEmpty() || asked.length() > LONGEST || asked.charAt(0) != '/') {
            return false;
        }
        for (int i = 0; i < asked.length(); i++) {
            char c = asked.charAt(i);
            if (c <= ' ' || c > '~' || c == '\\' || c == '#' || c == '"' || c == '<' || c == '>') {
                return false;
            }
        }
        int query = asked.indexOf('?');
        String path = (query < 0 ? asked : asked.substring(0, query)).toLowerCase(Locale.ROOT);
        return !path.contains("//")
                && !path.contains("%2f")
                && !path.contains("%5c")
                && !path.contains("%0")
                && !path.contains("%1")
                && !path.contains("%25")
                && !path.contains("/.")
                && !path.contains("%2e")
                && !isOfLogin(path, prefix);
    }

    /** As it will be decided, not as it is written. */
    private static boolean isOfLogin(String path, String prefix) {
        String normal = PathNormalizer.WITH_PARAMETERS.normalize(path);
        return normal == null || normal.equals(prefix) || normal.startsWith(prefix + "/");
    }
}
