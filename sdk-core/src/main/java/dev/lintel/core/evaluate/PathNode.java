package dev.lintel.core.evaluate;

import dev.lintel.core.evaluate.PathIndex.Leaf;
import dev.lintel.core.match.PathPattern;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One segment of the tree of paths. Its literals are sorted, so that they are found by halving; what is empty is shared,
 * because most nodes have little.
 *
 * @param <R> the rule
 */
@SuppressWarnings("unchecked")
final class PathNode<R> {
    private static final String[] NO_NAMES = {};
    private static final PathNode<?>[] NO_NODES = {};

    @Nullable
    Leaf<R> exact;

    @Nullable
    Leaf<R> subtree;

    @Nullable
    PathNode<R> template;

    private String[] names = NO_NAMES;
    private PathNode<R>[] nodes = (PathNode<R>[]) NO_NODES;

    PathNode<R> child(String segment) {
        if (PathPattern.isTemplate(segment)) {
            if (template == null) {
                template = new PathNode<>();
            }
            return template;
        }
        int at = search(segment, 0, segment.length());
        if (at < 0) {
            at = -at - 1;
            names = insert(names, at, segment);
            nodes = insert(nodes, at, new PathNode<R>());
        }
        return nodes[at];
    }

    void add(boolean below, Leaf<R> leaf) {
        Leaf<R> last = below ? subtree : exact;
        while (last != null && last.next != null) {
            last = last.next;
        }
        if (last != null) {
            last.next = leaf;
        } else if (below) {
            subtree = leaf;
        } else {
            exact = leaf;
        }
    }

    @Nullable
    PathNode<R> literal(String path, int from, int to) {
        int at = search(path, from, to);
        return at < 0 ? null : nodes[at];
    }

    private int search(String text, int from, int to) {
        int low = 0;
        int high = names.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(names[middle], text, from, to);
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

    private static <T> T[] insert(T[] array, int at, T value) {
        T[] more = Arrays.copyOf(array, array.length + 1);
        System.arraycopy(array, at, more, at + 1, array.length - at);
        more[at] = value;
        return more;
    }
}
