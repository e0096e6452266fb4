package dev.lintel.core.model;

import dev.lintel.core.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one API means.
 *
 * @param name the API's name, a DNS label
 * @param namespace the namespace it lives in
 * @param entry what governs requests that enter by an exposed host
 * @param service what governs every call to the service, from inside and through the gateway
 * @param guards rules of policies that are not part of this vocabulary, in the order of saying
 * @param origin the line that began the definition
 * @param front that it is served by Lintel itself; null if a service of its name does
 */
public record ApiModel(
        String name,
        String namespace,
        Entry entry,
        Service service,
        List<GuardRule> guards,
        Origin origin,
        @Nullable FrontRule front) {
    /** Keeps the guards unchangeable. */
    public ApiModel {
        guards = List.copyOf(guards);
        origin = Origin.orUnknown(origin);
    }

    /**
     * What an API means that a service of its name serves.
     *
     * @param name the API's name, a DNS label
     * @param namespace the namespace it lives in
     * @param entry what governs requests that enter by an exposed host
     * @param service what governs every call to the service
     * @param guards rules of policies that are not part of this vocabulary
     * @param origin the line that began the definition
     */
    public ApiModel(
            String name, String namespace, Entry entry, Service service, List<GuardRule> guards, Origin origin) {
        this(name, namespace, entry, service, guards, origin, null);
    }

    /**
     * The name by which people speak of this API.
     *
     * @return {@code name.namespace}
     */
    public String id() {
        return name + "." + namespace;
    }
}
