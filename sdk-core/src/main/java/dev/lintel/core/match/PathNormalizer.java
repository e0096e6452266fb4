package dev.lintel.core.match;

import org.jspecify.annotations.Nullable;

/**
 * Brings the path of a request into the one form that is decided, routed and forwarded.
 *
 * <p>Escaped and plain backslashes and escaped slashes become {@code /}, unreserved characters are decoded, other
 * escapes are written in upper case, dot segments are resolved, then repeated slashes are merged: Istio's
 * {@code DECODE_AND_MERGE_SLASHES}. What stays ambiguous is refused rather than guessed at: controls, bytes outside
 * ASCII, broken or overlong escapes, a fragment, {@code ..} above the root, and path parameters unless allowed. What is
 * decoded once is not decoded again, so a path in normal form stays as it is.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2">RFC 3986, 6.2.2</a>
 * @see <a href="https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/">Istio, ProxyPathNormalization</a>
 */
public final class PathNormalizer {
    /** Refuses path parameters ({@code ;}). */
    public static final PathNormalizer STRICT = new PathNormalizer(false);
    /** Lets path parameters through, except in a dot segment. */
    public static final PathNormalizer WITH_PARAMETERS = new PathNormalizer(true);

    static final String NO_PARAMETERS = "a path must not contain ';'";

    private final boolean parameters;

    private PathNormalizer(boolean parameters) {
        this.parameters = parameters;
    }

    /**
     * Normalizes a path. Allocates nothing for a path that is in normal form already.
     *
     * @param raw the path of the request target, without query, as it came
     * @return the normal form, {@code raw} itself if it is that; null if the path is refused
     */
    public @Nullable String normalize(String raw) {
        return isNormal(raw) ? raw : slowly(raw).path();
    }

    /**
     * Says why a path is refused.
     *
     * @param raw the path of the request target, without query, as it came
     * @return the reason, for people; null if the path is not refused
     */
    public @Nullable String refusal(String raw) {
        return isNormal(raw) ? null : slowly(raw).refusal();
    }

    /** Either a path or the reason why there is none. */
    record Outcome(@Nullable String path, @Nullable String refusal) {}

    /** The fast way: most paths are in normal form already. */
    boolean isNormal(String raw) {
        int length = raw.length();
        if (length == 0 || raw.charAt(0) != '/') {
            return false;
        }
        int utf8 = Utf8.START;
        for (int i = 0; i < length; i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int value = Chars.escape(raw, i);
                if (value < 0 || !Chars.staysEscaped(value, raw.charAt(i + 1), raw.charAt(i + 2))) {
                    return false;
                }
                utf8 = Utf8.next(utf8, value);
                i += 2;
            } else if (c == '/' && needsWork(raw, i + 1) || c == ';' && !parameters || !Chars.allowed(c)) {
                return false;
            } else {
                utf8 = Utf8.next(utf8, c);
            }
            if (utf8 == Utf8.BROKEN) {
                return false;
            }
        }
        return utf8 == Utf8.START;
    }

    /** Whether a segment that begins here is empty with another behind it, or a dot segment, with or without parameter. */
    private static boolean needsWork(String raw, int at) {
        int end = at;
        while (end < raw.length() && raw.charAt(end) == '.') {
            end++;
        }
        if (end == at) {
            return end < raw.length() && raw.charAt(end) == '/';
        }
        return end - at <= 2 && (end == raw.length() || raw.charAt(end) == '/' || raw.charAt(end) == ';');
    }

    /** The way that is right for every path. */
    Outcome slowly(String raw) {
        if (raw.isEmpty() || raw.charAt(0) != '/' && raw.charAt(0) != '\\') {
            return refused("a path must start with '/'");
        }
        StringBuilder decoded = new StringBuilder(raw.length());
        String refusal = decode(raw, decoded);
        return refusal == null ? resolve(decoded) : refused(refusal);
    }

    private @Nullable String decode(String raw, StringBuilder out) {
        int utf8 = Utf8.START;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            int value = c;
            if (c == '%') {
                value = Chars.escape(raw, i);
                if (value < 0) {
                    return "an escape must be '%' and two hexadecimal digits";
                }
                if (Chars.isControl(value)) {
                    return "a path must not contain a control character";
                }
                Chars.append(out, value);
                i += 2;
            } else if (c == '\\') {
                out.append('/');
            } else if (Chars.allowed(c) && (parameters || c != ';')) {
                out.append(c);
            } else {
                return forbidden(c);
            }
            utf8 = Utf8.next(utf8, value);
            if (utf8 == Utf8.BROKEN) {
                break;
            }
        }
        return utf8 == Utf8.START ? null : "escapes above %7F must be UTF-8";
    }

    private static String forbidden(char c) {
        if (c == ';') {
            return NO_PARAMETERS;
        }
        if (c == '#') {
            return "a request target must not have a fragment";
        }
        if (Chars.isControl(c)) {
            return "a path must not contain a control character";
        }
        return c > 0x7e
                ? "a path must be ASCII, anything else escaped"
                : "a path must not contain '" + c + "' unescaped";
    }

    /** Dot segments first, empty segments after, as Envoy does; the order shows in {@code /a//../b}. */
    private static Outcome resolve(StringBuilder decoded) {
        StringBuilder out = new StringBuilder(decoded.length());
        int length = decoded.length();
        int at = 0;
        while (at < length) {
            int next = decoded.indexOf("/", at + 1);
            int stop = next < 0 ? length : next;
            String segment = decoded.substring(at + 1, stop);
            boolean last = next < 0;
            String bare = segment.indexOf(';') < 0 ? segment : segment.substring(0, segment.indexOf(';'));
            boolean dots = bare.equals(".") || bare.equals("..");
            if (dots && !bare.equals(segment)) {
                return refused("a dot segment must not have a parameter");
            }
            if (segment.equals("..")) {
                if (out.length() == 0) {
                    return refused("'..' must not lead above the root");
                }
                out.setLength(out.lastIndexOf("/"));
            }
            if (!dots) {
                out.append('/').append(segment);
            } else if (last) {
                out.append('/');
            }
            at = stop;
        }
        return new Outcome(merge(out), null);
    }

    private static String merge(StringBuilder path) {
        StringBuilder out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '/' || i == 0 || path.charAt(i - 1) != '/') {
                out.append(path.charAt(i));
            }
        }
        return out.toString();
    }

    private static Outcome refused(String why) {
        return new Outcome(null, why);
    }
}
