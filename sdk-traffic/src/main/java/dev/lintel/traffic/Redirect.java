package dev.lintel.traffic;

import dev.lintel.core.Names;
import dev.lintel.core.match.PathNormalizer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a caller is sent. What is not said stays as the caller asked for it; the query always does.
 *
 * @param status 301, 302, 303, 307 or 308 (RFC 9110, 15.4); the verbs say 302
 * @param scheme {@code http} or {@code https}; null is the caller's
 * @param host the host, without port; null is the caller's
 * @param port the port; null is the scheme's own, or the caller's if scheme and host stay
 * @param path the whole path, in normal form; null is the caller's
 */
public record Redirect(
        int status,
        @Nullable String scheme,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String path) {
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    private static final int FOUND = 302;

    /** Checks every part, and that something changes. */
    public Redirect {
        if (!STATUSES.contains(status)) {
            throw new IllegalArgumentException(
                    "a redirect answers with 301, 302, 303, 307 or 308, but was given " + status);
        }
        if (scheme != null && !scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("a redirect goes to http or https, but was given '" + scheme + "'");
        }
        if (host != null) {
            Names.host(host);
        }
        if (port != null && (port < 1 || port > 65_535)) {
            throw new IllegalArgumentException("a port must be 1 to 65535, but a redirect was given " + port);
        }
        if (path != null && !path.equals(PathNormalizer.STRICT.normalize(path))) {
            throw new IllegalArgumentException(
                    "a redirect goes to a path in normal form, without query, but was given '" + path + "'");
        }
        if (scheme == null && host == null && port == null && path == null) {
            throw new IllegalArgumentException("a redirect must change the scheme, the host, the port or the path");
        }
    }

    /**
     * To another path of the same origin.
     *
     * @param path the whole path
     * @return the value for {@link HttpVerbs#redirect}
     */
    public static Redirect toPath(String path) {
        return new Redirect(FOUND, null, null, null, path);
    }

    /**
     * To another host. Callers who are there already go on to the service.
     *
     * @param host without port
     * @return the value for {@link HttpVerbs#redirect}
     */
    public static Redirect toHost(String host) {
        return new Redirect(FOUND, null, host, null, null);
    }

    /**
     * To the same host by TLS. Callers who came by TLS already go on to the service.
     *
     * @return the value for {@link HttpVerbs#redirect}
     */
    public static Redirect toHttps() {
        return new Redirect(FOUND, "https", null, null, null);
    }

    /**
     * The same, with another status.
     *
     * @param other 301 and 308 are kept by callers for good; 307 and 308 keep the method
     * @return a new value
     */
    public Redirect status(int other) {
        return new Redirect(other, scheme, host, port, path);
    }

    /**
     * The same, to a scheme.
     *
     * @param other {@code http} or {@code https}
     * @return a new value
     */
    public Redirect scheme(String other) {
        return new Redirect(status, other, host, port, path);
    }

    /**
     * The same, to a host.
     *
     * @param other without port
     * @return a new value
     */
    public Redirect host(String other) {
        return new Redirect(status, scheme, other, port, path);
    }

    /**
     * The same, to a port.
     *
     * @param other 1 to 65535
     * @return a new value
     */
    public Redirect port(int other) {
        return new Redirect(status, scheme, host, other, path);
    }

    /**
     * The same, to a path.
     *
     * @param other the whole path
     * @return a new value
     */
    public Redirect path(String other) {
        return new Redirect(status, scheme, host, port, other);
    }
}
