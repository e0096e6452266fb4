package dev.lintel.core.evaluate;

import dev.lintel.core.match.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which rule governs, said a second time and slowly: all rules in a row, the best first, and the first that fits. */
final class Reference {
    private Reference() {}

    static <R> @Nullable R governing(List<R> rules, Function<R, Match> matchOf, RequestValue request) {
        List<R> row = new ArrayList<>();
        for (R rule : rules) {
            int at = row.size();
            while (at > 0 && better(matchOf.apply(rule), matchOf.apply(row.get(at - 1)))) {
                at--;
            }
            row.add(at, rule);
        }
        for (R rule : row) {
            if (fits(matchOf.apply(rule), request)) {
                return rule;
            }
        }
        return null;
    }

    private static boolean better(Match one, Match other) {
        int[] a = rank(one);
        int[] b = rank(other);
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            if (a[i] != b[i]) {
                return a[i] < b[i];
            }
        }
        return false;
    }

    /** Less is better, the first difference counts. */
    private static int[] rank(Match match) {
        String path = match.endpoint().path().toString();
        boolean prefix = path.endsWith("/**");
        String[] segments = path.replace("/**", "").split("/");
        int[] rank = new int[30];
        rank[0] = prefix ? 2 : path.contains("{") ? 1 : 0;
        rank[1] = prefix || rank[0] == 1 ? -segments.length : 0;
        for (int i = 1; i < segments.length; i++) {
            rank[1 + i] = segments[i].startsWith("{") ? 1 : 0;
        }
        rank[20] = match.endpoint().methods().isEmpty() ? 1 : 0;
        rank[21] = -match.headers().size();
        rank[22] = -match.query().size();
        if (rank[0] == 0) {
            // Two exact paths never fit one request, so their order among each other does not matter.
            rank[1] = path.hashCode();
        }
        return rank;
    }

    private static boolean fits(Match match, RequestValue request) {
        StringBuilder regex = new StringBuilder();
        for (String segment : match.endpoint().path().segments()) {
            regex.append('/').append(segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment));
        }
        regex.append(match.endpoint().path().subtree() ? "(/.*)?" : regex.isEmpty() ? "/" : "/?");
        return Pattern.matches(regex.toString(), request.path())
                && methodFits(match.endpoint().methods(), request.method())
                && request.headers().entrySet().containsAll(match.headers().entrySet())
                && queryFits(match.query(), request.query());
    }

    private static boolean methodFits(List<String> methods, String method) {
        return methods.isEmpty() || methods.contains(method) || methods.contains("GET") && method.equals("HEAD");
    }

    private static boolean queryFits(Map<String, String> wanted, @Nullable String query) {
        List<String> pairs = query == null ? List.of() : List.of(query.split("&"));
        return wanted.entrySet().stream().allMatch(one -> pairs.contains(one.getKey() + "=" + one.getValue()));
    }
}
