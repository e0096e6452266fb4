package dev.lintel.mesh.istio;

import dev.lintel.core.model.Requirement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How one path fares, by the first of each class of methods.
 *
 * @param choices where requests go
 * @param asked of whoever calls
 * @param refused methods that the routes refuse, whoever calls
 */
record Fate(Map<String, List<ServiceReader.Said>> choices, Map<String, Requirement> asked, Set<String> refused) {
    boolean isLike(Fate other) {
        return choices.equals(other.choices) && asked.equals(other.asked);
    }

    /** The same routes; where both have one, whoever gets through at both. */
    Fate narrowedBy(Fate other) {
        Map<String, Requirement> both = new LinkedHashMap<>(asked);
        both.replaceAll((method, mine) -> {
            Requirement theirs = other.asked.get(method);
            return theirs == null || refused.contains(method) || other.refused.contains(method)
                    ? mine
                    : stricter(mine, theirs);
        });
        return new Fate(choices, both, refused);
    }

    private static Requirement stricter(Requirement one, Requirement other) {
        if (one.equals(other) || other.equals(Requirement.PUBLIC)) {
            return one;
        }
        return one.equals(Requirement.PUBLIC) ? other : Requirement.DENIED;
    }

    /** Which of two fates this one is that is taken for both, in words. */
    String taken(Fate one, Fate other, String first, String path) {
        if (asked.equals(one.asked) && !asked.equals(one.narrowedBy(other).asked)) {
            return "they are one path to a definition, which reads '" + first + "' for both";
        }
        boolean all = !asked.equals(one.asked) && !asked.equals(other.asked);
        Fate wider = asked.equals(one.asked) ? other : one;
        boolean denied = asked.entrySet().stream()
                .allMatch(each -> each.getValue().equals(Requirement.DENIED)
                        || each.getValue().equals(wider.asked.get(each.getKey())));
        return "the narrower of both is taken: "
                + (all ? "what one of them refuses" : "'" + (wider.equals(one) ? first : path) + "'")
                + (all || denied ? " is denied as well" : " asks for as much");
    }
}
