package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.PathPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Expressions of anybody, understood by their text and never run: what matches whole segments becomes templates, groups
 * of texts become several. Whatever else an expression says is not understood. One pass, and few results.
 */
final class ForeignRegex {
    private static final int MOST = 32;
    private static final int LONGEST = 1024;
    private static final String SPECIAL = "\\.+*?()|[]{}^$";

    private ForeignRegex() {}

    /**
     * The {@code uri} matches that mean the same.
     *
     * @return empty if the expression is not understood
     */
    static Optional<List<Map<String, Object>>> uris(String regex) {
        String text = bare(regex);
        if (text.equals(".*") || text.equals("/.*")) {
            return Optional.of(List.of(map()));
        }
        for (String tail : List.of("(/.*)?", "(?:/.*)?", "(/|/.*)?", "/.*", "/?", "")) {
            if (text.endsWith(tail)) {
                List<String> nodes = texts(text.substring(0, text.length() - tail.length()), true);
                return nodes == null ? Optional.empty() : matches(nodes, tail);
            }
        }
        return Optional.empty();
    }

    /** The texts that an expression without wildcards lists, as in {@code GET|POST}; null if it is not such a one. */
    static @Nullable List<String> list(String regex) {
        return texts(bare(regex), false);
    }

    private static String bare(String regex) {
        if (regex.length() > LONGEST) {
            return "[";
        }
        String text = regex.startsWith("^") ? regex.substring(1) : regex;
        return text.endsWith("$") && !text.endsWith("\\$") ? text.substring(0, text.length() - 1) : text;
    }

    private static Optional<List<Map<String, Object>>> matches(List<String> nodes, String tail) {
        List<Map<String, Object>> matches = new ArrayList<>();
        for (String node : nodes) {
            Optional<PathExpression> known = PathExpression.exact(node);
            if (known.isEmpty() || node.isEmpty() || node.equals("/")) {
                return Optional.empty();
            }
            PathPattern pattern = new PathPattern(known.get().node().segments(), !tail.isEmpty() && !tail.equals("/?"));
            boolean template = Forms.hasTemplate(pattern);
            if (!template && (tail.isEmpty() || known.get().tail() == PathExpression.Tail.SLASH)) {
                if (!tail.isEmpty()) {
                    return Optional.empty();
                }
                matches.add(map("exact", node));
            } else if (!template && tail.equals("/.*")) {
                matches.add(map("prefix", node + "/"));
            } else if (!template) {
                matches.addAll(Forms.uris(pattern));
            } else {
                // A template is written with either form at its end; what that adds or not is told by the caller.
                matches.add(map("regex", Forms.regex(pattern), "wide", tail.isEmpty() || tail.equals("/.*")));
            }
        }
        return Optional.of(matches);
    }

    /** The texts that match, a template as {@code {*}}; null if that is not all. */
    private static @Nullable List<String> texts(String regex, boolean templates) {
        List<StringBuilder> made = new ArrayList<>(List.of(new StringBuilder()));
        if (regex.indexOf('|') >= 0 && regex.indexOf('(') < 0) {
            return choices(regex);
        }
        int at = 0;
        while (at < regex.length()) {
            char c = regex.charAt(at);
            if (c == '(') {
                int close = regex.indexOf(')', at);
                List<String> choices = close < 0 ? null : choices(regex.substring(at + 1, close));
                if (choices == null || (long) choices.size() * made.size() > MOST || quantified(regex, close + 1)) {
                    return null;
                }
                made = product(made, choices);
                at = close + 1;
                continue;
            }
            String one = templates ? segment(regex, at) : "";
            if (!one.isEmpty()) {
                made.forEach(text -> text.append(Forms.ONE));
                at += one.length();
                continue;
            }
            boolean escaped = c == '\\' && at + 1 < regex.length() && SPECIAL.indexOf(regex.charAt(at + 1)) >= 0;
            // A bare dot means any character; what is only not escaped is taken for what it says, not for what is
            // meant.
            if (!escaped && SPECIAL.indexOf(c) >= 0) {
                return null;
            }
            char literal = escaped ? regex.charAt(at + 1) : c;
            at += escaped ? 2 : 1;
            if (quantified(regex, at)) {
                return null;
            }
            made.forEach(text -> text.append(literal));
        }
        return made.stream().map(StringBuilder::toString).toList();
    }

    /** The expression for one whole segment that begins here; empty if there is none. */
    private static String segment(String regex, int at) {
        for (String one : List.of("([^/]+)", "[^/]+")) {
            boolean whole = regex.startsWith(one, at)
                    && at > 0
                    && regex.charAt(at - 1) == '/'
                    && (at + one.length() == regex.length() || regex.charAt(at + one.length()) == '/');
            if (whole) {
                return one;
            }
        }
        return "";
    }

    private static boolean quantified(String regex, int at) {
        return at < regex.length() && "*+?{".indexOf(regex.charAt(at)) >= 0;
    }

    private static @Nullable List<String> choices(String group) {
        String inner = group.startsWith("?:") ? group.substring(2) : group;
        List<String> choices = List.of(inner.split("\\|", -1));
        boolean plain = choices.size() <= MOST
                && choices.stream().allMatch(one -> one.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0));
        return plain ? choices : null;
    }

    private static List<StringBuilder> product(List<StringBuilder> made, List<String> choices) {
        List<StringBuilder> product = new ArrayList<>();
        for (StringBuilder text : made) {
            choices.forEach(choice -> product.add(new StringBuilder(text).append(choice)));
        }
        return product;
    }
}
