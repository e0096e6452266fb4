package dev.lintel.core.model;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.match.Endpoint;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Who may call a service at an endpoint. Of several rules that match a request the most specific one governs; what none
 * matches is open to every caller.
 *
 * @param endpoint methods and paths
 * @param anyOf the workloads that may call, sorted
 * @param entering whether those may call as well who enter by the exposed host without being one of them
 * @param origin the line that said it
 */
public record CallerRule(Endpoint endpoint, List<Peer> anyOf, boolean entering, Origin origin) {
    /** Checks that somebody may call, and sorts them. */
    public CallerRule {
        Objects.requireNonNull(endpoint, "endpoint");
        anyOf = List.copyOf(new TreeSet<>(anyOf));
        if (anyOf.isEmpty()) {
            throw new IllegalArgumentException(
                    "a caller rule must name at least one caller, but '" + endpoint + "' names none");
        }
        origin = Origin.orUnknown(origin);
    }

    /** For example {@code only frontend.shop, *.monitoring}. */
    public String describe() {
        StringBuilder text = new StringBuilder("only ");
        for (int i = 0; i < anyOf.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(anyOf.get(i));
        }
        return text.append(entering ? " and who enters by the host" : "").toString();
    }
}
