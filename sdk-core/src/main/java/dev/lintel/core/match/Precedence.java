package dev.lintel.core.match;

import java.util.Comparator;
import java.util.List;

/**
 * Which of two rules is asked first: exact before template before longest prefix, then the one that names a method, then
 * more headers, then more query parameters. Rules that are equal here keep the order in which they were said.
 *
 * <p>Among templates and among prefixes of one length, the one whose literals stand further to the left comes first.
 *
 * @see <a href="https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule">Gateway API, HTTPRouteRule</a>
 */
public final class Precedence implements Comparator<Match> {
    /** The one order, used for access and for routes alike. */
    public static final Precedence ORDER = new Precedence();

    private static final Comparator<PathPattern> PATHS = Comparator.comparing(PathPattern::shape)
            .thenComparingInt(pattern -> -pattern.segments().size())
            .thenComparing(Precedence::compareLiterals);

    private static final Comparator<Match> MATCHES = Comparator.comparing(
                    (Match m) -> m.endpoint().path(), PATHS)
            .thenComparing(m -> m.endpoint().methods().isEmpty())
            .thenComparingInt(m -> -m.headers().size())
            .thenComparingInt(m -> -m.query().size());

    private Precedence() {}

    /**
     * The part of the order that looks at paths alone.
     *
     * @return a comparator that puts the more specific pattern first
     */
    public static Comparator<PathPattern> ofPaths() {
        return PATHS;
    }

    @Override
    public int compare(Match a, Match b) {
        return MATCHES.compare(a, b);
    }

    private static int compareLiterals(PathPattern a, PathPattern b) {
        List<String> left = a.segments();
        List<String> right = b.segments();
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = Boolean.compare(PathPattern.isTemplate(left.get(i)), PathPattern.isTemplate(right.get(i)));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
