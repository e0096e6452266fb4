package dev.lintel.mesh.istio;

import dev.lintel.core.match.PathPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A set of paths as Envoy compares them: by characters, without mercy for a trailing slash.
 *
 * @param node the segments before the tail, templates in braces
 * @param tail what may follow them
 */
record PathExpression(PathPattern node, Tail tail) {
    /** What may follow the segments. */
    enum Tail {
        /** Nothing. */
        NOTHING,
        /** One slash. */
        SLASH,
        /** Nothing or one slash. */
        MAYBE_SLASH,
        /** A slash and anything. */
        BELOW,
        /** Nothing, or a slash and anything. */
        NODE_AND_BELOW
    }

    private static final String REGEX_SEGMENT = "/[^/]+";

    /** A value of {@code paths} or {@code notPaths} in an AuthorizationPolicy; empty if it is not by whole segments. */
    static Optional<PathExpression> policy(String text) {
        if (text.equals("*")) {
            return parse("", Tail.BELOW);
        }
        if (text.endsWith("/" + Forms.ANY_BELOW)) {
            return parse(text.substring(0, text.length() - Forms.ANY_BELOW.length() - 1), Tail.BELOW);
        }
        if (text.endsWith("/*")) {
            return parse(text.substring(0, text.length() - 2), Tail.BELOW);
        }
        return exact(text);
    }

    /** An exact path, in a policy perhaps with templates. */
    static Optional<PathExpression> exact(String text) {
        return text.endsWith("/") ? parse(text.substring(0, text.length() - 1), Tail.SLASH) : parse(text, Tail.NOTHING);
    }

    /** The {@code prefix} of a VirtualService; empty if it is not by whole segments. */
    static Optional<PathExpression> prefix(String text) {
        return text.endsWith("/") ? parse(text.substring(0, text.length() - 1), Tail.BELOW) : Optional.empty();
    }

    /** The {@code regex} of a VirtualService, if it is of the sort that {@link Forms#regex} writes. */
    static Optional<PathExpression> regex(String text) {
        Tail tail = text.endsWith("(/.*)?$") ? Tail.NODE_AND_BELOW : Tail.MAYBE_SLASH;
        String end = tail == Tail.NODE_AND_BELOW ? "(/.*)?$" : "/?$";
        if (!text.startsWith("^") || !text.endsWith(end)) {
            return Optional.empty();
        }
        String body = text.substring(1, text.length() - end.length())
                .replace(REGEX_SEGMENT, "/" + Forms.ONE)
                .replaceAll("\\\\(.)", "$1");
        return parse(body, tail).filter(found -> Forms.regex(found.atom()).equals(text));
    }

    private static Optional<PathExpression> parse(String node, Tail tail) {
        List<String> segments = new ArrayList<>();
        if (!node.isEmpty()) {
            if (node.charAt(0) != '/') {
                return Optional.empty();
            }
            for (String segment : node.substring(1).split("/", -1)) {
                if (!segment.equals(Forms.ONE) && !isLiteral(segment)) {
                    return Optional.empty();
                }
                segments.add(segment.equals(Forms.ONE) ? "{any}" : segment);
            }
        }
        return Optional.of(new PathExpression(new PathPattern(segments, false), tail));
    }

    private static boolean isLiteral(String segment) {
        try {
            return PathPattern.parse("/" + segment).segments().equals(List.of(segment)) && segment.charAt(0) != '{';
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The pattern that has the same paths, if a trailing slash did not count. */
    PathPattern atom() {
        return new PathPattern(node.segments(), tail == Tail.BELOW || tail == Tail.NODE_AND_BELOW);
    }

    boolean matches(String path) {
        int at = 0;
        for (String segment : node.segments()) {
            int next = at < path.length() ? path.indexOf('/', at + 1) : -1;
            int stop = next < 0 ? path.length() : next;
            if (at >= path.length() || path.charAt(at) != '/' || stop == at + 1) {
                return false;
            }
            boolean fits = segment.length() == stop - at - 1 && path.startsWith(segment, at + 1);
            if (!PathPattern.isTemplate(segment) && !fits) {
                return false;
            }
            at = stop;
        }
        boolean ends = at == path.length();
        boolean goesOn = path.startsWith("/", at);
        boolean slash = goesOn && at + 1 == path.length();
        return switch (tail) {
            case NOTHING -> ends;
            case SLASH -> slash;
            case MAYBE_SLASH -> ends || slash;
            case BELOW -> goesOn;
            case NODE_AND_BELOW -> ends || goesOn;
        };
    }
}
