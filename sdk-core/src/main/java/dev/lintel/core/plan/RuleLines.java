package dev.lintel.core.plan;

import dev.lintel.core.Origin;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.plan.AccessEffects.Said;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what changes in each region and for each method into lines that a person likes to read. */
final class RuleLines {
    private static final int ENDPOINTS = 6;

    private final Landscape land;
    private final Origin fallback;
    private final Map<Line, Map<PathPattern, List<String>>> lines = new LinkedHashMap<>();

    RuleLines(Landscape land, Origin fallback) {
        this.land = land;
        this.fallback = fallback;
    }

    /** What a line says about its endpoints; origins are compared as text here, for they are all equal. */
    private record Line(String head, String tail, boolean widens, String place, Origin origin) {}

    void add(PathPattern region, String method, Said was, Said now, boolean widens) {
        AccessRule rule = now.rule();
        Origin origin = rule == null || rule.origin().toString().isEmpty() ? fallback : rule.origin();
        String tail = (newly(was, now) ? " with " + now : "") + " (was: " + was + ")";
        add(region, method, head(was, now), tail, widens, origin);
    }

    /** The same in words of one's own, which stand before and behind the endpoints. */
    void add(PathPattern region, String method, String head, String tail, boolean widens, Origin origin) {
        Line line = new Line(head, tail, widens, origin.toString(), origin);
        lines.computeIfAbsent(line, l -> new LinkedHashMap<>())
                .computeIfAbsent(region, r -> new ArrayList<>())
                .add(method);
    }

    List<Effect> effects() {
        List<Effect> effects = new ArrayList<>();
        lines.forEach((line, endpoints) -> {
            List<String> texts = new ArrayList<>();
            endpoints.forEach((region, methods) -> {
                List<PathPattern> above = land.above(region);
                boolean implied =
                        !above.isEmpty() && above.stream().allMatch(wider -> methods.equals(endpoints.get(wider)));
                if (!implied) {
                    texts.add(land.endpoint(region, methods));
                }
            });
            for (int i = 0; i < texts.size(); i += ENDPOINTS) {
                String some = String.join(", ", texts.subList(i, Math.min(texts.size(), i + ENDPOINTS)));
                effects.add(new Effect(line.head() + some + line.tail(), line.widens(), line.origin()));
            }
        });
        return effects;
    }

    private static String head(Said was, Said now) {
        if (isPublic(now)) {
            return isPublic(was)
                    ? (now.restricted() ? "tokens are judged now: " : "tokens are no longer judged: ")
                    : "newly public: ";
        }
        if (now.rule() == null) {
            return "no longer allowed: ";
        }
        if (now.rule().requirement() instanceof Requirement.Denied) {
            return "now denied: ";
        }
        return newly(was, now) ? "newly allowed: " : "now needs " + now + ": ";
    }

    private static boolean newly(Said was, Said now) {
        return isClosed(was) && !isClosed(now) && !isPublic(now);
    }

    private static boolean isPublic(Said said) {
        return !said.restricted() || said.rule() != null && said.rule().requirement() instanceof Requirement.Public;
    }

    private static boolean isClosed(Said said) {
        return said.restricted() && (said.rule() == null || said.rule().requirement() instanceof Requirement.Denied);
    }
}
