package dev.lintel.core.evaluate;

import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rule that governs a request: a tree of path segments, walked literal first, whole paths before prefixes and
 * long prefixes before short ones, so that the order is the one of {@link dev.lintel.core.match.Precedence} without
 * sorting anything per request. Nothing is allocated on the way.
 *
 * @param <R> the rule
 */
final class PathIndex<R> {
    private final Node<R> root = new Node<>();
    private int depth;

    /** Rules must come in the order of {@code Precedence}: those of one node are asked in the order of adding. */
    PathIndex(List<R> rules, Function<R, Match> matchOf) {
        for (R rule : rules) {
            Match match = matchOf.apply(rule);
            PathPattern path = match.endpoint().path();
            Node<R> node = root;
            for (String segment : path.segments()) {
                node = node.child(segment);
            }
            node.add(path.subtree(), new Entry<>(match, rule));
            depth = Math.max(depth, path.segments().size());
        }
        root.trim();
    }

    private record Entry<R>(Match match, R rule) {}

    @Nullable
    R find(String path, Request request) {
        int end = path.length() > 1 && path.charAt(path.length() - 1) == '/' ? path.length() - 1 : path.length();
        int start = end == 1 ? 1 : 0;
        R found = whole(root, path, start, end, request);
        for (int size = depth; size >= 0 && found == null; size--) {
            found = prefix(root, path, start, end, size, request);
        }
        return found;
    }

    private @Nullable R whole(Node<R> node, String path, int at, int end, Request request) {
        if (at >= end) {
            return first(node.exact, request);
        }
        int stop = stop(path, at, end);
        Node<R> literal = node.literal(path, at + 1, stop);
        R found = literal == null ? null : whole(literal, path, stop, end, request);
        return found != null || node.template == null ? found : whole(node.template, path, stop, end, request);
    }

    private @Nullable R prefix(Node<R> node, String path, int at, int end, int size, Request request) {
        if (size == 0) {
            return first(node.subtree, request);
        }
        if (at >= end) {
            return null;
        }
        int stop = stop(path, at, end);
        Node<R> literal = node.literal(path, at + 1, stop);
        R found = literal == null ? null : prefix(literal, path, stop, end, size - 1, request);
        return found != null || node.template == null
                ? found
                : prefix(node.template, path, stop, end, size - 1, request);
    }

    private static int stop(String path, int at, int end) {
        int next = path.indexOf('/', at + 1);
        return next < 0 || next > end ? end : next;
    }

    private static <R> @Nullable R first(List<Entry<R>> entries, Request request) {
        for (int i = 0; i < entries.size(); i++) {
            Entry<R> entry = entries.get(i);
            if (Conditions.hold(entry.match, request)) {
                return entry.rule;
            }
        }
        return null;
    }

    /** One segment of the tree; its literals are sorted, so that they are found by halving. */
    private static final class Node<R> {
        private List<String> names = new ArrayList<>(0);
        private List<Node<R>> nodes = new ArrayList<>(0);
        private List<Entry<R>> exact = List.of();
        private List<Entry<R>> subtree = List.of();
        private @Nullable Node<R> template;

        Node<R> child(String segment) {
            if (PathPattern.isTemplate(segment)) {
                if (template == null) {
                    template = new Node<>();
                }
                return template;
            }
            int at = search(segment, 0, segment.length());
            if (at < 0) {
                names.add(-at - 1, segment);
                nodes.add(-at - 1, new Node<>());
                return nodes.get(-at - 1);
            }
            return nodes.get(at);
        }

        void add(boolean below, Entry<R> entry) {
            List<Entry<R>> more = new ArrayList<>(below ? subtree : exact);
            more.add(entry);
            if (below) {
                subtree = List.copyOf(more);
            } else {
                exact = List.copyOf(more);
            }
        }

        void trim() {
            names = List.copyOf(names);
            nodes = List.copyOf(nodes);
            nodes.forEach(Node::trim);
            if (template != null) {
                template.trim();
            }
        }

        @Nullable
        Node<R> literal(String path, int from, int to) {
            int at = search(path, from, to);
            return at < 0 ? null : nodes.get(at);
        }

        private int search(String text, int from, int to) {
            int low = 0;
            int high = names.size() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = compare(names.get(middle), text, from, to);
                if (order == 0) {
                    return middle;
                }
                low = order < 0 ? middle + 1 : low;
                high = order < 0 ? high : middle - 1;
            }
            return -low - 1;
        }

        private static int compare(String name, String text, int from, int to) {
            int common = Math.min(name.length(), to - from);
            for (int i = 0; i < common; i++) {
                int order = name.charAt(i) - text.charAt(from + i);
                if (order != 0) {
                    return order;
                }
            }
            return name.length() - (to - from);
        }
    }
}
