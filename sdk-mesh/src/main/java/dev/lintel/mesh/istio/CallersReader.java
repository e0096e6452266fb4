package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Service;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads who inside may call what, by the paths that the workload sees: in each region of the paths that the policies name
 * some concrete paths are asked about, as for requests from outside.
 *
 * <p>That those who enter are refused may be an access rule or a caller rule; {@link EntryReader#isOpen()} tells.
 */
final class CallersReader {
    private final PolicyReader policies;
    private final Fields place;
    private final MethodClasses methods;
    private final PathClasses paths;
    private final Map<BitSet, Map<String, Fate>> known = new HashMap<>();
    private final Map<PathPattern, Map<String, Fate>> fates = new LinkedHashMap<>();
    private final boolean open;

    /** Who inside may call, null for everybody; and whether who enters is let through without a token. */
    private record Fate(@Nullable List<Peer> who, boolean entering) {}

    /**
     * A reader.
     *
     * @param open whether that those who enter are refused is taken for caller rules
     */
    CallersReader(PolicyReader policies, boolean open, Fields place) {
        this.policies = policies;
        this.place = place;
        this.open = open;
        Set<String> all = new TreeSet<>(Set.of("GET", "HEAD", ServiceReader.OTHER));
        policies.methods().forEach(all::addAll);
        this.methods = new MethodClasses(all, policies.methods());
        this.paths = new PathClasses(policies.paths(), List.of());
        Set<PathPattern> patterns = new LinkedHashSet<>(policies.patterns());
        patterns.add(PathPattern.ANY);
        List<PathPattern> regions = Regions.of(patterns);
        regions.forEach(region -> region(region, regions));
    }

    private void region(PathPattern region, List<PathPattern> regions) {
        String first = null;
        for (String path : Partition.samples(region, regions)) {
            Map<String, Fate> fate = known.computeIfAbsent(paths.of(path), same -> fate(path));
            Map<String, Fate> before = fates.putIfAbsent(region, fate);
            if (before != null && !said(before).equals(said(fate))) {
                place.problem("lets others inside call '" + path + "' than '" + first + "'");
            }
            first = first == null ? path : first;
        }
    }

    /** How a path fares, by the first of each class of methods. */
    private Map<String, Fate> fate(String path) {
        Map<String, Fate> fate = new LinkedHashMap<>();
        methods.firsts().forEach(method -> fate.put(method, fate(path, method)));
        return fate;
    }

    private Fate fate(String path, String method) {
        return new Fate(
                policies.inside(path, method).orElse(null),
                policies.asked(path, method).equals(Requirement.PUBLIC));
    }

    /** The service with its caller rules. */
    Service of(Service service) {
        List<CallerRule> rules = new ArrayList<>();
        List<PathPattern> needed = Partition.needed(
                List.copyOf(fates.keySet()), (one, other) -> said(one).equals(said(other)));
        for (PathPattern region : needed) {
            EntryReader.perMethod(methods.all(said(region)), (named, fate) -> {
                Endpoint endpoint = new Endpoint(named, region);
                boolean plain = fate.who() == null && named.isEmpty() && region.equals(PathPattern.ANY);
                if (fate.who() == null && !plain) {
                    rules.add(CallerRule.everybody(endpoint, Origin.unknown()));
                } else if (fate.who() != null) {
                    rules.add(new CallerRule(endpoint, fate.who(), fate.entering(), Origin.unknown()));
                }
            });
        }
        boolean asked = rules.stream().anyMatch(rule -> !rule.everybody());
        return new Service(
                service.name(),
                service.port(),
                service.labels(),
                service.versions(),
                service.split(),
                service.retry(),
                service.timeout(),
                service.traffic(),
                asked ? rules : List.of(),
                service.grpc());
    }

    /** Where access is asked anyway, it alone speaks of those who enter. */
    private Map<String, Fate> said(PathPattern region) {
        return said(Objects.requireNonNull(fates.get(region)));
    }

    private Map<String, Fate> said(Map<String, Fate> byMethod) {
        Map<String, Fate> said = new LinkedHashMap<>();
        byMethod.forEach((method, fate) -> said.put(method, open ? fate : new Fate(fate.who(), true)));
        return said;
    }
}
