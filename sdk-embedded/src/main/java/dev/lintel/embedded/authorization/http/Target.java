package dev.lintel.embedded.authorization.http;

/** Request targets (RFC 9112, 3.2). */
final class Target {
    private Target() {}

    /** Path and query, also of a target in absolute form. */
    static String pathAndQuery(String target) {
        int scheme = target.indexOf("://");
        if (target.startsWith("/") || scheme < 0) {
            return target;
        }
        int path = target.indexOf('/', scheme + 3);
        return path < 0 ? "/" : target.substring(path);
    }
}
