package dev.lintel.core.match;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Brings the path of a request into the one form that is decided, routed and forwarded.
 *
 * <p>Escaped and plain backslashes and escaped slashes become {@code /}, unreserved characters are decoded, other
 * escapes are written in upper case, dot segments are resolved, then repeated slashes are merged: Istio's
 * {@code DECODE_AND_MERGE_SLASHES}. What stays ambiguous is refused rather than guessed at: controls, bytes outside
 * ASCII, broken or overlong escapes, a fragment, {@code ..} above the root, and path parameters unless allowed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2">RFC 3986, 6.2.2</a>
 * @see <a href="https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/">Istio, ProxyPathNormalization</a>
 */
public final class PathNormalizer {
    /** Refuses path parameters ({@code ;}). */
    public static final PathNormalizer STRICT = new PathNormalizer(false);
    /** Lets path parameters through, except in a dot segment. */
    public static final PathNormalizer WITH_PARAMETERS = new PathNormalizer(true);

    private final boolean parameters;

    private PathNormalizer(boolean parameters) {
        this.parameters = parameters;
    }

    /**
     * The outcome: either a path or the reason why there is none.
     *
     * @param path the path in normal form
     * @param refusal why the path is refused
     */
    public record Result(@Nullable String path, @Nullable String refusal) {}

    /**
     * Normalizes a path.
     *
     * @param raw the path of the request target, without query, as it came
     * @return the normal form, or a refusal
     */
    public Result normalize(String raw) {
        if (isNormal(raw)) {
            return new Result(raw, null);
        }
        if (raw.isEmpty() || raw.charAt(0) != '/' && raw.charAt(0) != '\\') {
            return refused("a path must start with '/'");
        }
        StringBuilder decoded = new StringBuilder(raw.length());
        String refusal = decode(raw, decoded);
        if (refusal != null) {
            return refused(refusal);
        }
        return resolve(decoded);
    }

    /** The fast way: most paths are in normal form already, and then nothing is allocated. */
    private static boolean isNormal(String raw) {
        int length = raw.length();
        if (length == 0 || raw.charAt(0) != '/') {
            return false;
        }
        char before = 0;
        for (int i = 0; i < length; i++) {
            char c = raw.charAt(i);
            if (c == '/' ? before == '/' : c == '.' ? before == '/' || before == '.' : !Chars.plain(c)) {
                return false;
            }
            before = c;
        }
        return true;
    }

    private @Nullable String decode(String raw, StringBuilder out) {
        boolean wide = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\\') {
                out.append('/');
            } else if (c == '%') {
                int value = Chars.escape(raw, i);
                if (value < 0) {
                    return "an escape must be '%' and two hexadecimal digits";
                }
                if (value < 0x20 || value == 0x7f) {
                    return "a path must not contain a control character";
                }
                wide |= value > 0x7f;
                Chars.append(out, value);
                i += 2;
            } else if (c == ';' && !parameters) {
                return "a path must not contain ';'";
            } else if (!Chars.allowed(c)) {
                return c == '#'
                        ? "a request target must not have a fragment"
                        : "a path must be visible ASCII, RFC 3986";
            } else {
                out.append(c);
            }
        }
        return wide && !isUtf8(out) ? "escapes above %7F must be UTF-8" : null;
    }

    private static boolean isUtf8(CharSequence decoded) {
        ByteBuffer bytes = ByteBuffer.allocate(decoded.length());
        for (int i = 0; i < decoded.length(); i++) {
            boolean escape = decoded.charAt(i) == '%';
            bytes.put((byte) (escape ? Chars.escape(decoded, i) : decoded.charAt(i)));
            i += escape ? 2 : 0;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Dot segments first, empty segments after, as Envoy does; the order shows in {@code /a//../b}. */
    private static Result resolve(StringBuilder decoded) {
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
        return new Result(merge(out), null);
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

    private static Result refused(String why) {
        return new Result(null, why);
    }
}
