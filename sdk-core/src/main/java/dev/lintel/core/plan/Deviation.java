package dev.lintel.core.plan;

import dev.lintel.core.Names;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a world answers differently from the standard.
 *
 * @param code a short stable name, for example {@code istio.no-token}
 * @param text what is different, for people
 * @param subjects which definitions it is so for, such as {@code orders.shop}, or a host that may be called; empty where it is
 *     so for all of that world
 */
public record Deviation(String code, String text, List<String> subjects) {
    /** Keeps the subjects unchangeable. */
    public Deviation {
        subjects = List.copyOf(subjects);
    }

    /**
     * A deviation that is about no definition more than about others.
     *
     * @param code a short stable name
     * @param text what is different, for people
     */
    public Deviation(String code, String text) {
        this(code, text, List.of());
    }

    /**
     * The same deviation about others.
     *
     * @param others which definitions it is so for
     * @return a new value
     */
    public Deviation about(List<String> others) {
        return new Deviation(code, text, others);
    }

    /**
     * The deviation as a plan prints it, on one line.
     *
     * @return code and text, then the first three subjects and how many there are besides
     */
    public String describe() {
        return code + ": " + text + (subjects.isEmpty() ? "" : " (" + Names.few(subjects) + ")");
    }

    /**
     * Deviations that were found one by one, each told once.
     *
     * @param found in any order
     * @return one for each code and text, in the order in which they came first, about the subjects of all of them
     */
    public static List<Deviation> joined(Collection<Deviation> found) {
        Map<Deviation, Set<String>> joined = new LinkedHashMap<>();
        for (Deviation one : found) {
            joined.computeIfAbsent(one.about(List.of()), key -> new LinkedHashSet<>())
                    .addAll(one.subjects());
        }
        return joined.entrySet().stream()
                .map(one -> one.getKey().about(List.copyOf(one.getValue())))
                .toList();
    }
}
