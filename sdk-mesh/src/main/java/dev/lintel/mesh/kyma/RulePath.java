package dev.lintel.mesh.kyma;

import dev.lintel.core.match.PathPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code path} of a rule of an APIRule. To Envoy a trailing slash makes another path, so that a pattern of ours takes
 * two of them.
 *
 * @param tokens what stands between slashes: literals, {@code {*}} for one segment, {@code {**}} for anything, and the
 *     empty text at the end for a trailing slash
 */
record RulePath(List<String> tokens) {
    /** Every path. */
    static final RulePath ALL = new RulePath(List.of(RulePath.ANYTHING));
    /** The path {@code /}, which the controller never takes out of other rules. */
    static final RulePath ROOT = new RulePath(List.of(""));

    /** First what is narrower: then no earlier rule shadows a later one, in the controller's eyes. */
    static final Comparator<RulePath> NARROW_FIRST = Comparator.comparing(RulePath::isSubtree)
            .thenComparingInt(path -> path.isSubtree() ? -path.tokens.size() : 0)
            .thenComparingLong(RulePath::wildcards);

    private static final String ONE = "{*}";
    private static final String ANYTHING = "{**}";
    /** What the schema of APIRule takes between two slashes; possessive, so that a long one is not a deep stack. */
    private static final Pattern LITERAL = Pattern.compile("([A-Za-z0-9._~!$&'()+,;=:@-]|%[0-9a-fA-F]{2})*+");
    /** What means something else in the expression that the controller makes of a path; it escapes nothing. */
    private static final Pattern EXPRESSION = Pattern.compile("[+()$]");
    /** What one segment becomes in the expression. */
    private static final int ONE_AS_EXPRESSION = 58;

    RulePath {
        tokens = List.copyOf(tokens);
    }

    /** A path as it is written in an APIRule; empty if the schema refuses it. */
    static Optional<RulePath> parse(String text) {
        if (text.equals("/*")) {
            return Optional.of(ALL);
        }
        if (!text.startsWith("/")) {
            return Optional.empty();
        }
        List<String> tokens = Arrays.asList(text.substring(1).split("/", -1));
        boolean known = tokens.stream()
                .allMatch(token -> token.equals(ONE)
                        || token.equals(ANYTHING)
                        || LITERAL.matcher(token).matches());
        return known ? Optional.of(new RulePath(tokens)) : Optional.empty();
    }

    /** The paths that together mean a pattern. */
    static List<RulePath> of(PathPattern pattern) {
        List<String> node = pattern.segments().stream()
                .map(segment -> PathPattern.isTemplate(segment) ? ONE : segment)
                .toList();
        if (node.isEmpty()) {
            return List.of(pattern.subtree() ? ALL : ROOT);
        }
        return List.of(new RulePath(node), new RulePath(plus(node, pattern.subtree() ? ANYTHING : "")));
    }

    /** The paths that together mean this one, which ends with anything: no segment, one, and several. */
    List<RulePath> expanded() {
        List<String> node = tokens.subList(0, tokens.size() - 1);
        List<String> one = plus(node, ONE);
        return List.of(new RulePath(plus(node, "")), new RulePath(one), new RulePath(plus(one, ANYTHING)));
    }

    private static List<String> plus(List<String> tokens, String last) {
        List<String> more = new ArrayList<>(tokens);
        more.add(last);
        return more;
    }

    /**
     * Whether the controller takes this path for one that leaves nothing to a later one, and refuses both. It compares
     * tokens, so that {@code /a/{*}} shadows even {@code /a/{**}}.
     */
    boolean shadows(RulePath later) {
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (i >= later.tokens.size()) {
                return false;
            }
            if (token.equals(ANYTHING)) {
                return true;
            }
            if (!token.equals(ONE) && !token.equals(later.tokens.get(i))) {
                return false;
            }
        }
        return tokens.size() == later.tokens.size();
    }

    /** The patterns of which this path speaks, if a trailing slash did not count; none if it is not by whole segments. */
    List<PathPattern> patterns() {
        int end = tokens.size() - 1;
        boolean tail = isSubtree() || tokens.get(end).isEmpty();
        List<String> node = tail ? tokens.subList(0, end) : tokens;
        if (node.stream().anyMatch(token -> token.isEmpty() || token.equals(ANYTHING))) {
            return List.of();
        }
        List<String> segments =
                node.stream().map(token -> token.equals(ONE) ? "{any}" : token).toList();
        PathPattern exact = new PathPattern(segments, false);
        return isSubtree() ? List.of(new PathPattern(segments, true), exact) : List.of(exact);
    }

    boolean isSubtree() {
        return tokens.get(tokens.size() - 1).equals(ANYTHING);
    }

    private long wildcards() {
        return tokens.stream().filter(ONE::equals).count();
    }

    /** Whether the controller's expression, which escapes nothing, is for other paths than this one. */
    boolean isExpression() {
        return tokens.stream().anyMatch(token -> EXPRESSION.matcher(token).find());
    }

    /** Whether a dot in it stands for any character in the controller's expression. */
    boolean hasDot() {
        return tokens.stream().anyMatch(token -> token.indexOf('.') >= 0);
    }

    /** How long the controller's expression is at most. */
    int length() {
        return text().length() + (int) wildcards() * ONE_AS_EXPRESSION + ONE_AS_EXPRESSION + 2;
    }

    boolean isValid() {
        return parse(text()).isPresent();
    }

    /** Whether a path without query, as Envoy has it, is meant. */
    boolean matches(String path) {
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (i >= segments.length) {
                return false;
            }
            if (token.equals(ANYTHING)) {
                return true;
            }
            String segment = segments[i];
            if (token.equals(ONE) ? segment.isEmpty() : !token.equals(segment)) {
                return false;
            }
        }
        return tokens.size() == segments.length;
    }

    /** Whether a path may be meant by both. */
    boolean meets(RulePath other) {
        int common = Math.min(tokens.size(), other.tokens.size());
        for (int i = 0; i < common; i++) {
            String one = tokens.get(i);
            String two = other.tokens.get(i);
            if (one.equals(ANYTHING) || two.equals(ANYTHING)) {
                return true;
            }
            boolean fits = one.equals(two) || one.equals(ONE) && !two.isEmpty() || two.equals(ONE) && !one.isEmpty();
            if (!fits) {
                return false;
            }
        }
        return tokens.size() == other.tokens.size();
    }

    /** A path that is meant, in which a segment stands for every other one. */
    String sample(String segment) {
        StringBuilder path = new StringBuilder();
        tokens.forEach(token -> path.append('/').append(token.equals(ONE) || token.equals(ANYTHING) ? segment : token));
        return path.toString();
    }

    /** As it is written in a rule. */
    String text() {
        return equals(ALL) ? "/*" : "/" + String.join("/", tokens);
    }

    /** As it is written in a policy. */
    String policy() {
        return "/" + String.join("/", tokens);
    }

    /** As it is written in a policy that denies: by a prefix where that is possible, which takes every character. */
    String denial() {
        String policy = policy();
        return isSubtree() && wildcards() == 0
                ? policy.substring(0, policy.length() - ANYTHING.length()) + "*"
                : policy;
    }

    @Override
    public String toString() {
        return text();
    }
}
