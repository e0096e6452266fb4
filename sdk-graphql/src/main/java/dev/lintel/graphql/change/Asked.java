package dev.lintel.graphql.change;

import dev.lintel.graphql.model.Security;
import dev.lintel.graphql.model.Security.Alternative;
import dev.lintel.graphql.model.Security.Need;
import java.util.List;
import java.util.stream.Collectors;

/** What is asked of callers, compared. */
final class Asked {
    private Asked() {}

    /** Whether whoever meets the one, in whatever way, meets the other. */
    static boolean suffices(Security one, Security other) {
        return ways(one).stream().allMatch(shown -> ways(other).stream().anyMatch(asked -> meets(shown, asked)));
    }

    private static List<Alternative> ways(Security security) {
        return security.alternatives().isEmpty() ? List.of(new Alternative(List.of())) : security.alternatives();
    }

    private static boolean meets(Alternative shown, Alternative asked) {
        return asked.needs().stream().allMatch(need -> shown.needs().stream().anyMatch(has -> meets(has, need)));
    }

    private static boolean meets(Need has, Need need) {
        return has.scheme().equals(need.scheme())
                && has.kind() == need.kind()
                && has.header().equals(need.header())
                && has.scopes().containsAll(need.scopes());
    }

    static String words(Security security) {
        return ways(security).stream().map(Asked::words).collect(Collectors.joining(" or "));
    }

    private static String words(Alternative way) {
        return way.needs().isEmpty()
                ? "nothing"
                : way.needs().stream()
                        .map(need -> need.scheme() + (need.scopes().isEmpty() ? "" : need.scopes()))
                        .collect(Collectors.joining(" and "));
    }
}
