package dev.lintel.core.plan;

import dev.lintel.core.Names;
import dev.lintel.core.Peer;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Who is let in by an API that is newly exposed, and what goes together with one that is no longer. */
final class ExposureWords {
    /** So many endpoints are named; the file of the definition has the rest. */
    private static final int MOST = 10;

    private ExposureWords() {}

    static String summary(ApiModel api) {
        boolean asked = Sides.asksCallers(api);
        return entry(api.entry(), asked) + (asked ? ", " + callers(api.service().callers()) : "");
    }

    private static String callers(List<CallerRule> rules) {
        List<String> who = rules.stream()
                .flatMap(rule -> rule.anyOf().stream())
                .map(Peer::toString)
                .distinct()
                .sorted()
                .toList();
        boolean some = rules.stream().anyMatch(CallerRule::everybody);
        boolean enter = rules.stream().anyMatch(rule -> rule.entering() && !rule.everybody());
        return (some ? "at some endpoints only for the callers " : "only for the callers ")
                + Names.few(who)
                + (enter ? " and who enters by the host" : "");
    }

    private static String entry(Entry entry, boolean asked) {
        Access access = entry.access();
        if (access.isRestricted() && access.rules().isEmpty()) {
            return "closed to everybody, because no access rule lets anybody in";
        }
        // Without the number of rules: it is not the same in what was said and in what is read back from a mesh.
        String open = asked ? "without a token" : access.isRestricted() ? "public" : "open to everybody";
        String outside = asked ? " where the external authorizer agrees" : " whom the external authorizer lets in";
        return !isOpen(entry)
                ? "with access rules" + answered(access)
                : entry.authorizer() == null ? open : open + outside;
    }

    /** What is answered without a token, which is the first thing that somebody wants to know of an API, and what with one. */
    private static String answered(Access access) {
        List<String> open = endpoints(access, rule -> rule.requirement().equals(Requirement.PUBLIC));
        List<String> asked = endpoints(access, rule -> rule.requirement() instanceof Requirement.Token);
        return "; without a token: "
                + (open.isEmpty() ? "nothing" : few(open))
                + (asked.isEmpty() ? "" : "; with one: " + few(asked))
                + (overlap(access) ? "; of two the narrower holds" : "");
    }

    /** Whether a part of what is public is not: the rule that is narrower governs. */
    private static boolean overlap(Access access) {
        return access.rules().stream()
                .filter(rule -> rule.requirement().equals(Requirement.PUBLIC))
                .anyMatch(open -> access.rules().stream()
                        .anyMatch(other -> !other.requirement().equals(Requirement.PUBLIC)
                                && open.endpoint()
                                        .path()
                                        .covers(other.endpoint().path())));
    }

    private static List<String> endpoints(Access access, Predicate<AccessRule> fits) {
        return access.rules().stream()
                .filter(fits)
                .map(rule -> rule.endpoint().toString())
                .distinct()
                .sorted()
                .toList();
    }

    private static String few(List<String> endpoints) {
        String first = String.join(", ", endpoints.subList(0, Math.min(MOST, endpoints.size())));
        return endpoints.size() > MOST ? first + " and " + (endpoints.size() - MOST) + " more" : first;
    }

    /** Whether the rules ask nothing, anywhere. */
    private static boolean isOpen(Entry entry) {
        List<PathPattern> paths = entry.paths().isEmpty() ? List.of(PathPattern.ANY) : entry.paths();
        return !entry.access().isRestricted()
                || entry.access().rules().stream()
                                .allMatch(rule -> rule.requirement().equals(Requirement.PUBLIC))
                        && paths.stream()
                                .allMatch(path -> entry.access().rules().stream()
                                        .map(rule -> rule.endpoint())
                                        .anyMatch(all -> all.methods().isEmpty()
                                                && all.path().covers(path)));
    }

    /** In a mesh what asks goes together with what exposes, and then nobody asks who calls from inside. */
    static String gone(ApiModel api) {
        Entry entry = api.entry();
        List<String> asked = new ArrayList<>();
        if (entry.access().isRestricted()) {
            asked.add("access rules");
        }
        if (entry.authorizer() != null) {
            asked.add("the external authorizer");
        }
        if (entry.login() != null) {
            asked.add("the login");
        }
        if (!api.service().callers().isEmpty()) {
            asked.add("caller rules");
        }
        api.guards().forEach(guard -> asked.add(guard.describe()));
        if (asked.isEmpty()) {
            return isPlain(api) ? "" : "; its policies go as well";
        }
        return "; its policies go as well: " + String.join(", ", asked);
    }

    private static boolean isPlain(ApiModel api) {
        return api.service().traffic().equals(Traffic.NONE)
                && api.service().split() == null
                && api.service().retry() == null
                && api.service().timeout() == null;
    }
}
