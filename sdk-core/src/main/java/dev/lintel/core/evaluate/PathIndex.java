package dev.lintel.core.evaluate;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rule that governs a request: a tree of path segments, walked literal first, whole paths before prefixes and
 * long prefixes before short ones, so that the order is the one of {@link Precedence} without sorting anything per
 * request. Nothing is allocated on the way, and no node is visited more than twice.
 *
 * @param <R> the rule
 */
final class PathIndex<R> {
    private static final PathIndex<?> EMPTY = new PathIndex<>(List.of(), rule -> Match.any());

    private final PathNode<R> root = new PathNode<>();

    private PathIndex(List<R> rules, Function<R, Match> matchOf) {
        List<R> ordered = new ArrayList<>(rules);
        ordered.sort(Comparator.comparing(matchOf, Precedence.ORDER));
        for (R rule : ordered) {
            Match match = matchOf.apply(rule);
            PathPattern path = match.endpoint().path();
            PathNode<R> node = root;
            for (String segment : path.segments()) {
                node = node.child(segment);
            }
            node.add(path.subtree(), new Leaf<>(rule, match));
        }
    }

    /** The index of some rules; those that are equal in rank are asked in the order in which they stand here. */
    @SuppressWarnings("unchecked")
    static <R> PathIndex<R> of(List<R> rules, Function<R, Match> matchOf) {
        return rules.isEmpty() ? (PathIndex<R>) EMPTY : new PathIndex<>(rules, matchOf);
    }

    /** A rule with what it asks for, taken apart, and the one that is asked after it. */
    static final class Leaf<R> {
        final R rule;

        @Nullable
        Leaf<R> next;

        private final Endpoint endpoint;
        private final String[] headers;
        private final String[] query;

        Leaf(R rule, Match match) {
            this.rule = rule;
            this.endpoint = match.endpoint();
            this.headers = Conditions.of(match.headers());
            this.query = Conditions.of(match.query());
        }

        int depth() {
            return endpoint.path().segments().size();
        }

        boolean matches(Request request) {
            return endpoint.allows(request.method())
                    && Conditions.headersHold(headers, request)
                    && Conditions.queryHolds(query, request);
        }
    }

    @Nullable
    R find(String path, Request request) {
        int end = path.length() > 1 && path.charAt(path.length() - 1) == '/' ? path.length() - 1 : path.length();
        int start = end == 1 ? 1 : 0;
        Leaf<R> found = whole(root, path, start, end, request);
        if (found == null) {
            found = deepest(root, path, start, end, request);
        }
        return found == null ? null : found.rule;
    }

    private static <R> @Nullable Leaf<R> whole(PathNode<R> node, String path, int at, int end, Request request) {
        if (at >= end) {
            return first(node.exact, request);
        }
        int stop = stop(path, at, end);
        PathNode<R> literal = node.literal(path, at + 1, stop);
        Leaf<R> found = literal == null ? null : whole(literal, path, stop, end, request);
        return found != null || node.template == null ? found : whole(node.template, path, stop, end, request);
    }

    /** The longest prefix; among those of one length, the one whose literals stand further to the left. */
    private static <R> @Nullable Leaf<R> deepest(PathNode<R> node, String path, int at, int end, Request request) {
        Leaf<R> found = null;
        if (at < end) {
            int stop = stop(path, at, end);
            PathNode<R> literal = node.literal(path, at + 1, stop);
            found = literal == null ? null : deepest(literal, path, stop, end, request);
            Leaf<R> other = node.template == null ? null : deepest(node.template, path, stop, end, request);
            if (other != null && (found == null || other.depth() > found.depth())) {
                found = other;
            }
        }
        return found == null ? first(node.subtree, request) : found;
    }

    private static int stop(String path, int at, int end) {
        int next = path.indexOf('/', at + 1);
        return next < 0 || next > end ? end : next;
    }

    private static <R> @Nullable Leaf<R> first(@Nullable Leaf<R> begin, Request request) {
        Leaf<R> leaf = begin;
        while (leaf != null && !leaf.matches(request)) {
            leaf = leaf.next;
        }
        return leaf;
    }
}
