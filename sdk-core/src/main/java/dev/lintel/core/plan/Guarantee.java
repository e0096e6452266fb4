package dev.lintel.core.plan;

import dev.lintel.core.Origin;
import java.util.Locale;
import java.util.Objects;

/**
 * What a plan promises about requests, and how hard the promise is in this world.
 *
 * @param about whom it is about, for example {@code orders.shop}
 * @param what what is promised, for example {@code access is asked at the workload}
 * @param strength what it takes to get around it
 * @param how what keeps it, for example {@code AuthorizationPolicy shop/orders with STRICT mutual TLS}
 * @param origin the line of the definition that asked for it
 */
public record Guarantee(String about, String what, Strength strength, String how, Origin origin) {
    /** Checks that nothing is missing. */
    public Guarantee {
        Objects.requireNonNull(about, "about");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(strength, "strength");
        Objects.requireNonNull(how, "how");
        origin = Origin.orUnknown(origin);
    }

    /**
     * The guarantee in one line.
     *
     * @return for example {@code orders.shop: access is asked at the workload: proxy (AuthorizationPolicy shop/orders)}
     */
    public String describe() {
        return about + ": " + what + ": " + strength.name().toLowerCase(Locale.ROOT) + " (" + how + ")";
    }
}
