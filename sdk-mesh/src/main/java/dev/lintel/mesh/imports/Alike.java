package dev.lintel.mesh.imports;

import dev.lintel.core.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Problems that say one thing of many requests of one place: more than three of them are one problem with three examples. */
final class Alike {
    private static final int MOST = 3;

    /** What tells them apart: a path, with or without its quotes, and a method. */
    private static final Pattern EXAMPLE = Pattern.compile("'/[^']*'|(?<= )/[^ ,]*|\\b[A-Z]{3,7}\\b");

    private Alike() {}

    /** The same problems in the order in which the first of each kind stands. */
    static List<Problem> once(List<Problem> problems) {
        Map<List<String>, List<Problem>> kinds =
                problems.stream().collect(Collectors.groupingBy(Alike::kind, LinkedHashMap::new, Collectors.toList()));
        List<Problem> once = new ArrayList<>();
        for (List<Problem> all : kinds.values()) {
            if (all.size() > MOST) {
                once.add(one(all));
            } else {
                once.addAll(all);
            }
        }
        return once;
    }

    private static List<String> kind(Problem problem) {
        String shape = EXAMPLE.splitAsStream(problem.message()).collect(Collectors.joining());
        return List.of(
                problem.code(),
                problem.path(),
                shape,
                problem.hint(),
                problem.origin().toString());
    }

    private static Problem one(List<Problem> all) {
        Problem first = all.get(0);
        String examples = all.subList(1, MOST).stream()
                .map(problem -> examples(problem.message()))
                .collect(Collectors.joining("; "));
        return new Problem(
                first.code(),
                first.path(),
                first.message() + "; so are " + examples + " and " + (all.size() - MOST) + " more",
                first.hint(),
                first.origin());
    }

    private static String examples(String message) {
        return EXAMPLE.matcher(message).results().map(found -> found.group()).collect(Collectors.joining(" "));
    }
}
