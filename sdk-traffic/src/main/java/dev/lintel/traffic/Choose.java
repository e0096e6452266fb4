package dev.lintel.traffic;

import dev.lintel.core.Policy;
import dev.lintel.core.match.Condition;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Gives calls of which something is true to one version, before the split is asked. May be said for several conditions;
 * what is said first is asked first. A service policy: it governs calls from inside as well. A route to a version goes past
 * it.
 *
 * @param when what must be true; headers that carry secrets cannot be asked for
 * @param version the version that such calls get
 */
public record Choose(Condition when, String version) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.choice/v1";

    private static final Pattern COOKIE = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

    /** Checks that the condition can hold and that the version has a name. */
    public Choose {
        Objects.requireNonNull(when, "when");
        if (when.by() == Condition.By.HEADER) {
            HeaderRules.condition(HeaderRules.name(when.name()));
        } else if (when.by() == Condition.By.COOKIE
                && !COOKIE.matcher(when.name()).matches()) {
            throw new IllegalArgumentException(
                    "the name of a cookie must be a token of at most 64 characters, but was '" + when.name() + "'");
        }
        VersionOf.name(version);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return when.toString();
    }
}
