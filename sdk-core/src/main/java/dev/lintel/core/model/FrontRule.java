package dev.lintel.core.model;

import dev.lintel.core.Origin;
import dev.lintel.core.SecretRef;
import dev.lintel.core.ServiceRef;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * That an API is served by Lintel itself, which calls other services for it. A world that serves nothing itself deploys a
 * proxy that does, or refuses the API.
 *
 * @param kind the kind of the policy that said it, for example {@code graphql.graph/v1}
 * @param services the services that are called, in the API's namespace, in the order of saying, each once
 * @param parts what is asked of callers at each of its parts, such as the fields of a graph, beyond what the API's entry asks;
 *     all of them, also those that ask for nothing
 * @param files what configures whoever serves it: texts by file name; no secrets
 * @param secrets the places of what whoever serves it has to read, in the order of saying, each once; a world in which it cannot
 *     read them refuses the API
 * @param origin the line that said it
 */
public record FrontRule(
        String kind,
        List<ServiceRef> services,
        SortedMap<String, Requirement> parts,
        SortedMap<String, String> files,
        List<SecretRef> secrets,
        Origin origin) {
    /** Keeps the parts unchangeable. */
    public FrontRule {
        services = List.copyOf(services);
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        secrets = List.copyOf(secrets);
        origin = Origin.orUnknown(origin);
    }

    /**
     * A rule that needs no secrets.
     *
     * @param kind as above
     * @param services as above
     * @param parts as above
     * @param files as above
     * @param origin as above
     */
    public FrontRule(
            String kind,
            List<ServiceRef> services,
            SortedMap<String, Requirement> parts,
            SortedMap<String, String> files,
            Origin origin) {
        this(kind, services, parts, files, List.of(), origin);
    }

    /** The kind and the services; not the files, which are long. */
    @Override
    public String toString() {
        return kind + " of " + services;
    }
}
