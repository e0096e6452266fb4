package dev.lintel.cli;

import dev.lintel.core.Names;
import dev.lintel.core.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Problems that say the same of several APIs are told once for people, with all of their names. */
final class Alike {
    private Alike() {}

    /** In the order in which the first of each comes, at its line. */
    static List<Problem> of(List<Problem> problems) {
        Map<List<String>, List<Problem>> alike = new LinkedHashMap<>();
        problems.forEach(
                one -> alike.computeIfAbsent(List.of(one.code(), one.message(), one.hint()), key -> new ArrayList<>(1))
                        .add(one));
        return alike.values().stream()
                .map(all -> all.size() == 1
                        ? all.get(0)
                        : new Problem(
                                all.get(0).code(),
                                Names.few(all.stream()
                                        .map(Problem::path)
                                        .distinct()
                                        .toList()),
                                all.get(0).message(),
                                all.get(0).hint(),
                                all.get(0).origin()))
                .toList();
    }
}
