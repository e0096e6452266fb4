package dev.lintel.mesh.gatewayapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One match of a rule, as it was read.
 *
 * @param type {@code Exact}, {@code PathPrefix} or {@code RegularExpression}
 * @param path its value; a prefix without slash at its end, {@code /} for the root
 * @param asked what is asked besides
 * @param rule what happens then
 */
record SeenMatch(String type, String path, Asked asked, SeenRule rule) {
    /** Whether it has the same paths, so that the rest of its conditions tells which is asked first. */
    boolean hasPathOf(SeenMatch other) {
        return type.equals(other.type) && path.equals(other.path);
    }

    /** Whether it refuses odd paths, as this dialect writes it. */
    boolean isHygiene() {
        return type.equals("RegularExpression")
                && path.startsWith("^.*")
                && rule.action().get("directResponse") instanceof Map<?, ?> response
                && Integer.valueOf(400).equals(response.get("status"));
    }

    /** The order in which matches are asked; those that are equal keep theirs. */
    static Comparator<SeenMatch> order(Extension extension) {
        return Comparator.comparingInt((SeenMatch match) -> -match.rank(extension))
                .thenComparingInt(match -> -match.path.length())
                .thenComparing(SeenMatch::path)
                .thenComparing(SeenMatch::asked, Asked::compareByStandard);
    }

    /** Istio asks expressions last, Envoy Gateway between exact paths and prefixes. */
    private int rank(Extension extension) {
        return switch (type) {
            case "Exact" -> 4;
            case "PathPrefix" -> 2;
            default -> extension == Extension.ENVOY_GATEWAY ? 3 : 1;
        };
    }

    /** Matches in the order in which they are asked as lists of which the first wins, path by path. */
    static List<List<SeenMatch>> byPath(List<SeenMatch> sorted, Predicate<Asked> depth) {
        List<List<SeenMatch>> paths = new ArrayList<>();
        List<SeenMatch> same = new ArrayList<>();
        for (SeenMatch match : sorted) {
            if (!same.isEmpty() && !same.get(0).hasPathOf(match)) {
                paths.add(firstMatch(same, depth));
                same = new ArrayList<>();
            }
            same.add(match);
        }
        if (!same.isEmpty()) {
            paths.add(firstMatch(same, depth));
        }
        return paths;
    }

    /**
     * The same meaning as a list of which the first that matches wins, without the matches that are there only because the
     * more specific one is asked first.
     *
     * @param sorted matches of the same paths, in the order in which they are asked
     * @param depth of which matches those that say the same about less may be left out
     */
    private static List<SeenMatch> firstMatch(List<SeenMatch> sorted, Predicate<Asked> depth) {
        List<SeenMatch> left = new ArrayList<>();
        for (SeenMatch match : sorted) {
            boolean covered = sorted.stream()
                    .anyMatch(other -> !other.equals(match)
                            && other.rule.equals(match.rule)
                            && Objects.equals(other.asked.method(), match.asked.method())
                            && other.asked.query().equals(match.asked.query())
                            && other.asked.covers(match.asked)
                            && !match.asked.covers(other.asked)
                            && depth.test(other.asked)
                            && isNeedless(match, other, sorted));
            if (!covered) {
                left.add(match);
            }
        }
        List<SeenMatch> first = new ArrayList<>();
        while (!left.isEmpty()) {
            SeenMatch next = next(left, sorted, first);
            first.add(next);
            left.remove(next);
        }
        return first;
    }

    /** One that nothing left wins against; what asks for parameters first, so that the ways of a service stay together. */
    private static SeenMatch next(List<SeenMatch> left, List<SeenMatch> sorted, List<SeenMatch> before) {
        List<SeenMatch> free = left.stream()
                .filter(one ->
                        left.stream().noneMatch(other -> wins(/* one= */ other, /* other= */ one, sorted, before)))
                .toList();
        return free.stream()
                .filter(one -> !one.asked.query().isEmpty())
                .findFirst()
                .or(() -> free.stream().findFirst())
                .orElse(left.get(0));
    }

    /** Whether what a match says follows from a wider one, because that one wins wherever this one does. */
    private static boolean isNeedless(SeenMatch match, SeenMatch wide, List<SeenMatch> sorted) {
        return sorted.stream()
                .filter(other -> wins(match, other, sorted, List.of()))
                .allMatch(other -> wins(wide, other, sorted, List.of()));
    }

    /** Whether requests that match both of two that differ fare as the first says, unless they are taken before. */
    private static boolean wins(SeenMatch one, SeenMatch other, List<SeenMatch> sorted, List<SeenMatch> before) {
        if (one.equals(other) || one.rule.equals(other.rule) || !one.asked.meets(other.asked)) {
            return false;
        }
        Optional<Asked> both;
        try {
            both = one.asked.and(other.asked);
        } catch (IllegalArgumentException e) {
            return sorted.indexOf(one) < sorted.indexOf(other);
        }
        if (before.stream().anyMatch(match -> match.asked.covers(both.orElseThrow()))) {
            return false;
        }
        return sorted.stream()
                .filter(match -> match.asked.covers(both.orElseThrow()))
                .findFirst()
                .map(match -> match.rule.equals(one.rule))
                .orElse(false);
    }
}
