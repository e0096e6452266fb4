package dev.lintel.auth;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.AccessRule;
import java.util.ArrayList;
import java.util.List;

/**
 * A set of methods: the named ones, or all but the named ones. {@code HEAD} follows {@code GET}, so it is never looked
 * at beside it.
 */
record Methods(List<String> names, boolean except) {
    /** The methods that the first rules of a list leave to nobody else. */
    static Methods before(List<AccessRule> rules, int count) {
        List<String> names = new ArrayList<>();
        for (AccessRule rule : rules.subList(0, count)) {
            if (rule.endpoint().methods().isEmpty()) {
                return new Methods(List.of(), true);
            }
            names.addAll(rule.endpoint().methods());
        }
        return new Methods(List.copyOf(names), false);
    }

    /** The methods of an endpoint that are not among these, which are named. */
    Methods left(Endpoint endpoint) {
        if (endpoint.methods().isEmpty()) {
            return new Methods(names, true);
        }
        Endpoint these = new Endpoint(names, endpoint.path());
        return new Methods(
                endpoint.methods().stream()
                        .filter(method -> names.isEmpty() || !these.allows(method))
                        .toList(),
                false);
    }

    boolean isAll() {
        return except && names.isEmpty();
    }

    boolean isEmpty() {
        return !except && names.isEmpty();
    }

    /** Whether an endpoint takes one of these. */
    boolean meets(Endpoint endpoint) {
        if (!except) {
            return names.stream().anyMatch(endpoint::allows)
                    || endpoint.methods().stream().anyMatch(new Endpoint(names, endpoint.path())::allows)
                            && !names.isEmpty();
        }
        Endpoint these = new Endpoint(names, endpoint.path());
        return endpoint.methods().isEmpty()
                || names.isEmpty()
                || endpoint.methods().stream().anyMatch(method -> !these.allows(method));
    }

    /** These methods at a path; all that are not named elsewhere are said by naming none. */
    Endpoint at(PathPattern path) {
        return new Endpoint(except ? List.of() : names, path);
    }

    @Override
    public String toString() {
        return except ? "every other method" : String.join(", ", names);
    }
}
