package dev.lintel.mesh.steps;

import dev.lintel.mesh.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The tokens that two sets of rules of RequestAuthentications both take. There is a rule at all times: without one a bad
 * token would pass where none is needed.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/security/request_authentication/">Istio, Request Authentication</a>
 */
final class TokenMeet {
    private static final String AUDIENCES = "audiences";
    /** An audience that no token is for, since a name below {@code invalid} is nobody's (RFC 2606). */
    private static final List<String> NOBODY = List.of("nobody.invalid");

    private TokenMeet() {}

    static List<Map<String, Object>> of(List<Map<String, Object>> some, List<Map<String, Object>> others) {
        List<Map<String, Object>> both = new ArrayList<>();
        for (Map<String, Object> one : some) {
            for (Map<String, Object> other : others) {
                if (one.containsKey("issuer") && Objects.equals(one.get("issuer"), other.get("issuer"))) {
                    both.add(audiences(other, common(one, other)));
                }
            }
        }
        return both.isEmpty() && !some.isEmpty() ? List.of(audiences(some.get(0), NOBODY)) : both;
    }

    private static List<String> common(Map<String, Object> one, Map<String, Object> other) {
        List<String> mine = SpecTree.texts(one, AUDIENCES);
        List<String> theirs = SpecTree.texts(other, AUDIENCES);
        if (mine.isEmpty() || theirs.isEmpty()) {
            return mine.isEmpty() ? theirs : mine;
        }
        List<String> both = theirs.stream().filter(mine::contains).toList();
        return both.isEmpty() ? NOBODY : both;
    }

    private static Map<String, Object> audiences(Map<String, Object> rule, List<String> audiences) {
        Map<String, Object> changed = Trees.copy(rule);
        changed.remove(AUDIENCES);
        if (!audiences.isEmpty()) {
            changed.put(AUDIENCES, audiences);
        }
        return changed;
    }
}
