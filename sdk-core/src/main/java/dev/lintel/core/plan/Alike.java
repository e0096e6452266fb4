package dev.lintel.core.plan;

import dev.lintel.core.Names;
import dev.lintel.core.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Lines that say the same of several APIs, each with their own names: told once, with the APIs that it is about. */
final class Alike {
    private Alike() {}

    /** Warnings as they are printed, each of the first of those that it stands for. */
    static List<String> warnings(List<Problem> warnings) {
        return told(
                warnings,
                Problem::path,
                one -> one.code() + '\n' + one.message() + '\n' + one.hint(),
                (first, others) -> first.render() + others);
    }

    /** Guarantees likewise. */
    static List<String> guarantees(List<Guarantee> guarantees) {
        return told(
                guarantees,
                Guarantee::about,
                one -> one.what() + '\n' + one.strength() + '\n' + one.how(),
                (first, others) -> first.describe() + others);
    }

    /** How one line reads with what is said of the others. */
    private interface Line<T> {
        String of(T first, String others);
    }

    private static <T> List<String> told(
            List<T> all, Function<T, String> about, Function<T, String> text, Line<T> line) {
        Map<String, List<T>> groups = new LinkedHashMap<>();
        all.forEach(one -> groups.computeIfAbsent(key(about.apply(one), text.apply(one)), k -> new ArrayList<>())
                .add(one));
        return groups.values().stream()
                .map(group -> {
                    List<String> others = group.subList(1, group.size()).stream()
                            .map(about)
                            .map(Alike::api)
                            .distinct()
                            .toList();
                    return line.of(group.get(0), others.isEmpty() ? "" : "\n      the same of " + Names.few(others));
                })
                .toList();
    }

    /** The text with blanks in place of the names of its API. */
    private static String key(String path, String text) {
        String api = api(path);
        int dot = api.indexOf('.');
        String kind = path.substring(api.length());
        return dot < 1
                ? path + '\n' + text
                : kind
                        + '\n'
                        + text.replace(api, "\0")
                                .replace(api.substring(0, dot), "\0")
                                .replace(api.substring(dot + 1), "\1");
    }

    private static String api(String path) {
        int space = path.indexOf(' ');
        return space < 0 ? path : path.substring(0, space);
    }
}
