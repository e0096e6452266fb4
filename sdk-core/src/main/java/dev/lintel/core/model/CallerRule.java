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
 * @param anyOf the workloads that may call, sorted; empty for everybody
 * @param entering whether those may call as well who enter by the exposed host without being one of them
 * @param everybody whether every caller may call, so that the rule only takes something out of a wider one
 * @param origin the line that said it
 */
public record CallerRule(Endpoint endpoint, List<Peer> anyOf, boolean entering, boolean everybody, Origin origin) {
    /** Checks that somebody may call, and sorts them. */
    public CallerRule {
        Objects.requireNonNull(endpoint, "endpoint");
        anyOf = List.copyOf(new TreeSet<>(anyOf));
        if (anyOf.isEmpty() != everybody) {
            throw new IllegalArgumentException("a caller rule must name at least one caller, or be for everybody, but '"
                    + endpoint + "' " + (everybody ? "is for both" : "names none"));
        }
        entering |= everybody;
        origin = Origin.orUnknown(origin);
    }

    /**
     * A rule for some workloads.
     *
     * @param endpoint methods and paths
     * @param anyOf the workloads that may call, at least one
     * @param entering whether those may call as well who enter by the exposed host without being one of them
     * @param origin the line that said it
     */
    public CallerRule(Endpoint endpoint, List<Peer> anyOf, boolean entering, Origin origin) {
        this(endpoint, anyOf, entering, false, origin);
    }

    /**
     * A rule for everybody.
     *
     * @param endpoint methods and paths
     * @param origin the line that said it
     * @return a rule that refuses nobody
     */
    public static CallerRule everybody(Endpoint endpoint, Origin origin) {
        return new CallerRule(endpoint, List.of(), true, true, origin);
    }

    /**
     * Whether a workload may call.
     *
     * @param namespace its namespace
     * @param name its service account
     * @return true if it is listed, or everybody is
     */
    public boolean lists(String namespace, String name) {
        return everybody || Peer.anyIncludes(anyOf, namespace, name);
    }

    /**
     * Who may call, in a few words for {@code explain} and plans.
     *
     * @return for example {@code only frontend.shop, *.monitoring}
     */
    public String describe() {
        if (everybody) {
            return "every caller";
        }
        StringBuilder text = new StringBuilder("only ");
        for (int i = 0; i < anyOf.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(anyOf.get(i));
        }
        return text.append(entering ? " and who enters by the host" : "").toString();
    }
}
