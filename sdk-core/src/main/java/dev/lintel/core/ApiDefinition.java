package dev.lintel.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * What a user said about one API: the service it exposes, the namespace it lives in, and its policies in the order in
 * which they were said.
 *
 * @param service the service that is exposed; its name is the API's name
 * @param namespace a DNS label
 * @param policies each with the line that said it
 * @param origin the line that began the definition
 */
public record ApiDefinition(ServiceRef service, String namespace, List<Said> policies, Origin origin)
        implements Definition {
    /** Checks the namespace and keeps the policies in their order, unchangeable. */
    public ApiDefinition {
        Objects.requireNonNull(service, "service");
        Names.label("a namespace", namespace);
        policies = Collections.unmodifiableList(new ArrayList<>(policies));
        origin = Origin.orUnknown(origin);
    }

    /**
     * A policy and the line that said it.
     *
     * @param policy what was said
     * @param origin where; no part of equality
     */
    public record Said(Policy policy, Origin origin) {
        /** Checks the policy. */
        public Said {
            Objects.requireNonNull(policy, "policy");
            origin = Origin.orUnknown(origin);
        }
    }

    /**
     * The name by which people speak of this API.
     *
     * @return {@code service.namespace}, for example {@code orders.shop}
     */
    @Override
    public String id() {
        return service.name() + "." + namespace;
    }

    /**
     * The definition in one line.
     *
     * @return for example {@code orders.shop [auth.oauth2/v1, traffic.split/v1]}
     */
    @Override
    public String toString() {
        StringJoiner kinds = new StringJoiner(", ", "[", "]");
        policies.forEach(said -> kinds.add(said.policy().kind()));
        return id() + " " + kinds;
    }
}
