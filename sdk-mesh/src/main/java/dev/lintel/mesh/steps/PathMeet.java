package dev.lintel.mesh.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value of {@code paths} in an AuthorizationPolicy, by segments.
 *
 * @param segments <code>{*}</code> for any one
 * @param tail what may follow them
 * @see <a href="https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation">Istio,
 *     Authorization Policy: Operation</a>
 */
record PathMeet(List<String> segments, Tail tail) {
    private static final String ONE = "{*}";

    /** What may follow the segments of a path. */
    enum Tail {
        NOTHING,
        SLASH,
        BELOW
    }

    /** Empty for one that does not match by whole segments. */
    static Optional<PathMeet> parse(String text) {
        if (text.equals("*")) {
            return Optional.of(new PathMeet(List.of(), Tail.BELOW));
        }
        Tail tail = text.endsWith("/*") || text.endsWith("/{**}")
                ? Tail.BELOW
                : text.endsWith("/") ? Tail.SLASH : Tail.NOTHING;
        String node = tail == Tail.NOTHING ? text : text.substring(0, text.lastIndexOf('/'));
        List<String> segments =
                node.isEmpty() ? List.of() : List.of(node.substring(1).split("/", -1));
        boolean whole = (node.isEmpty() || node.charAt(0) == '/')
                && segments.stream()
                        .allMatch(one ->
                                one.equals(ONE) || one.indexOf('*') < 0 && one.indexOf('{') < 0 && !one.isEmpty());
        return whole ? Optional.of(new PathMeet(segments, tail)) : Optional.empty();
    }

    /** The paths that both have. */
    Optional<PathMeet> and(PathMeet other) {
        if (segments.size() < other.segments.size() || tail == Tail.BELOW && segments.size() == other.segments.size()) {
            return tail == Tail.BELOW ? other.under(this) : Optional.empty();
        }
        return other.tail == Tail.BELOW
                ? under(other)
                : tail == other.tail && segments.size() == other.segments.size() ? merged(other) : Optional.empty();
    }

    /** What of this lies below another one, which has not more segments. */
    private Optional<PathMeet> under(PathMeet wide) {
        boolean node = tail == Tail.NOTHING && segments.size() == wide.segments.size();
        return node ? Optional.empty() : merged(wide);
    }

    private Optional<PathMeet> merged(PathMeet shorter) {
        List<String> both = new ArrayList<>(segments);
        for (int i = 0; i < shorter.segments.size(); i++) {
            String one = segments.get(i);
            String two = shorter.segments.get(i);
            if (one.equals(ONE)) {
                both.set(i, two);
            } else if (!two.equals(ONE) && !one.equals(two)) {
                return Optional.empty();
            }
        }
        return Optional.of(new PathMeet(both, tail));
    }

    boolean covers(PathMeet other) {
        return and(other).filter(other::equals).isPresent();
    }

    String text() {
        if (segments.isEmpty() && tail == Tail.BELOW) {
            return "*";
        }
        String node = segments.isEmpty() ? "" : "/" + String.join("/", segments);
        return switch (tail) {
            case NOTHING -> node;
            case SLASH -> node + "/";
            case BELOW -> node + (segments.contains(ONE) ? "/{**}" : "/*");
        };
    }
}
