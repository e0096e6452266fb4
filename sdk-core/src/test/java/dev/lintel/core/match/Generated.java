package dev.lintel.core.match;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** All patterns and paths of a small world, and what a pattern means, said a second time. */
final class Generated {
    /** Patterns speak of {@code a} and {@code b} only, paths also of something that no pattern names. */
    static final List<PathPattern> PATTERNS = patterns(3);

    static final List<String> PATHS = paths(4);

    private Generated() {}

    static boolean matches(PathPattern pattern, String path) {
        StringBuilder regex = new StringBuilder();
        for (String segment : pattern.segments()) {
            regex.append('/').append(segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment));
        }
        regex.append(pattern.subtree() ? "(/.*)?" : pattern.segments().isEmpty() ? "/" : "");
        String bare = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return Pattern.matches(regex.toString(), bare);
    }

    static List<String> matching(PathPattern pattern) {
        return PATHS.stream().filter(path -> matches(pattern, path)).toList();
    }

    private static List<PathPattern> patterns(int depth) {
        List<PathPattern> all = new ArrayList<>();
        for (List<String> segments : tuples(List.of("a", "b", "{x}"), depth)) {
            all.add(new PathPattern(segments, false));
            all.add(new PathPattern(segments, true));
        }
        return all;
    }

    private static List<String> paths(int depth) {
        List<String> all = new ArrayList<>();
        for (List<String> segments : tuples(List.of("a", "b", "ab"), depth)) {
            String path = "/" + String.join("/", segments);
            all.add(path);
            if (path.length() > 1) {
                all.add(path + "/");
            }
        }
        return all;
    }

    private static List<List<String>> tuples(List<String> of, int length) {
        List<List<String>> all = new ArrayList<>(List.of(List.of()));
        int from = 0;
        for (int n = 0; n < length; n++) {
            int to = all.size();
            for (; from < to; from++) {
                for (String one : of) {
                    List<String> more = new ArrayList<>(all.get(from));
                    more.add(one);
                    all.add(more);
                }
            }
        }
        return all;
    }
}
