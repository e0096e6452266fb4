package dev.lintel.mesh.admission;

import java.util.List;

/**
 * Rules that stand together: one policy in the apiserver, one template in Gatekeeper.
 *
 * @param name in words joined by {@code -}
 * @param kind of Gatekeeper's constraint
 * @param deletions whether deletions are looked at too
 * @param rules what is refused
 */
record GuardRail(String name, String kind, boolean deletions, List<Rule> rules) {
    GuardRail {
        rules = List.copyOf(rules);
    }

    List<String> operations() {
        return deletions ? List.of("CREATE", "UPDATE", "DELETE") : List.of("CREATE", "UPDATE");
    }
}
