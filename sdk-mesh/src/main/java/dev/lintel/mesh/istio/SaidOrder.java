package dev.lintel.mesh.istio;

import dev.lintel.mesh.istio.ServiceReader.Said;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Says what routes of one path and method say, of which the first that matches wins, in the order of a model, which asks
 * for more conditions first. Where these differ, what both routes match gets a route of its own.
 */
final class SaidOrder {
    /** More than this is no list that a person would write. */
    static final int MOST = 256;

    private SaidOrder() {}

    /**
     * The same in the order of a model, stable where that leaves it open.
     *
     * @param first the first that matches wins
     * @throws IllegalArgumentException if there would be too many
     */
    static List<Said> of(List<Said> first) {
        List<Said> said = new ArrayList<>(first);
        for (int i = 0; i < said.size(); i++) {
            for (int j = i + 1; j < said.size(); j++) {
                Said one = said.get(i);
                Said other = said.get(j);
                if (isOvertaken(one, other)) {
                    Said both = new Said(
                            union(one.headers(), other.headers()),
                            union(one.query(), other.query()),
                            one.version(),
                            one.answer());
                    if (isTaken(said.subList(0, i), both)) {
                        continue;
                    }
                    if (said.size() >= MOST) {
                        throw new IllegalArgumentException("routes overlap in more than " + MOST + " ways");
                    }
                    said.add(i, both);
                    i = -1;
                    break;
                }
            }
        }
        return said;
    }

    /** Whether an earlier one has just these requests, and is asked before whatever asks for less. */
    private static boolean isTaken(List<Said> earlier, Said both) {
        return earlier.stream()
                .anyMatch(one ->
                        one.headers().equals(both.headers()) && one.query().equals(both.query()));
    }

    /** Whether a model asks a later one first, with another outcome for requests that both take. */
    private static boolean isOvertaken(Said one, Said later) {
        int more = later.headers().size() - one.headers().size();
        boolean first =
                more > 0 || more == 0 && later.query().size() > one.query().size();
        boolean alike = Objects.equals(one.version(), later.version()) && Objects.equals(one.answer(), later.answer());
        return first && !alike && agree(one.headers(), later.headers()) && agree(one.query(), later.query());
    }

    private static boolean agree(Map<String, String> ones, Map<String, String> others) {
        return ones.entrySet().stream()
                .allMatch(one -> one.getValue().equals(others.getOrDefault(one.getKey(), one.getValue())));
    }

    private static Map<String, String> union(Map<String, String> ones, Map<String, String> others) {
        Map<String, String> union = new LinkedHashMap<>(ones);
        union.putAll(others);
        return union;
    }
}
