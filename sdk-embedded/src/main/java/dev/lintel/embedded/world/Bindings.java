package dev.lintel.embedded.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is bound under which service and version; unchangeable. */
public final class Bindings {
    /** Nothing is bound. */
    public static final Bindings NONE = new Bindings(Collections.emptySortedMap());

    /** The version of workloads that were bound without one. */
    public static final String UNVERSIONED = "";

    private final SortedMap<String, SortedMap<String, Group>> services;

    private Bindings(SortedMap<String, SortedMap<String, Group>> services) {
        this.services = services;
    }

    /** The same bindings with another one, in place of what was bound there. */
    public Bindings with(String service, String version, Group group) {
        SortedMap<String, SortedMap<String, Group>> more = new TreeMap<>(services);
        SortedMap<String, Group> versions = new TreeMap<>(more.getOrDefault(service, Collections.emptySortedMap()));
        versions.put(version, group);
        more.put(service, versions);
        return new Bindings(more);
    }

    /** The same bindings, with workloads that were given nothing yet. */
    public Bindings afresh() {
        SortedMap<String, SortedMap<String, Group>> same = new TreeMap<>();
        services.forEach((service, versions) -> {
            SortedMap<String, Group> groups = new TreeMap<>();
            versions.forEach((version, group) -> groups.put(version, group.afresh()));
            same.put(service, groups);
        });
        return new Bindings(same);
    }

    /** What is bound under a version; null if nothing is. */
    public @Nullable Group version(String service, String version) {
        return of(service).get(version);
    }

    /** Everything that is bound for a service, all versions together; null if nothing is. */
    public @Nullable Group all(String service) {
        List<Instance> all = new ArrayList<>();
        of(service).values().forEach(group -> all.addAll(group.instances()));
        return all.isEmpty() ? null : new Group(all);
    }

    /** The services that something is bound for. */
    public List<String> services() {
        return List.copyOf(services.keySet());
    }

    /** The versions that are bound for a service. */
    public List<String> versions(String service) {
        return List.copyOf(of(service).keySet());
    }

    /** How many requests were given to what is bound, by service and version as people write them. */
    public SortedMap<String, Long> calls() {
        SortedMap<String, Long> calls = new TreeMap<>();
        services.forEach((service, versions) ->
                versions.forEach((version, group) -> calls.put((service + " " + version).trim(), group.calls())));
        return calls;
    }

    private SortedMap<String, Group> of(String service) {
        return services.getOrDefault(service, Collections.emptySortedMap());
    }
}
