package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.ForeignHosts.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The services that are among the objects: their ports, and the labels of their workloads. */
final class ForeignServices {
    private static final int USUAL = 80;

    private final Map<Target, Map<String, String>> selectors = new LinkedHashMap<>();
    private final Map<Target, List<Integer>> ports = new LinkedHashMap<>();
    private final Set<Target> retried = new LinkedHashSet<>();
    private final Set<Target> guessed = new LinkedHashSet<>();
    private final List<Problem> problems;

    ForeignServices(List<Problem> problems) {
        this.problems = problems;
    }

    void add(Manifest service) {
        Fields spec = new Fields(service.id(), "spec", service.spec(), problems);
        Target target = new Target(service.name(), service.namespace());
        selectors.put(target, spec.pairs("selector"));
        List<Integer> numbers = new ArrayList<>();
        for (Fields port : spec.maps("ports")) {
            numbers.add(port.number("port", 0));
        }
        ports.put(target, numbers);
    }

    /** Notes once that calls to a service are tried again as the mesh does unless it is told otherwise. */
    void usualRetries(Target target) {
        if (retried.add(target)) {
            problems.add(Fields.travels(
                    "Service " + target.namespace() + "/" + target.name(),
                    "calls that reach no workload are tried again twice, as nothing is said about it; the model tries"
                            + " none again"));
        }
    }

    /** The port that is meant where none is said. */
    int port(Target target, Fields place) {
        List<Integer> numbers = ports.getOrDefault(target, List.of());
        if (numbers.size() > 1) {
            place.problem("names no port, and the service has several: " + numbers);
        }
        return numbers.isEmpty() ? USUAL : numbers.get(0);
    }

    /** What the workloads of a service carry, if it is told. */
    Optional<Map<String, String>> told(Target target) {
        return Optional.ofNullable(selectors.get(target)).filter(labels -> !labels.isEmpty());
    }

    /** What the workloads of each service of a namespace carry, of all services if none is named. */
    List<Map<String, String>> told(String namespace) {
        return selectors.entrySet().stream()
                .filter(one -> namespace.isEmpty() || one.getKey().namespace().equals(namespace))
                .map(Map.Entry::getValue)
                .filter(labels -> !labels.isEmpty())
                .toList();
    }

    /** Whether a selector is about the workloads of another service of the namespace that is told. */
    boolean isAboutOthers(Map<String, String> selector, Target target) {
        return selectors.entrySet().stream()
                .filter(one -> one.getKey().namespace().equals(target.namespace()))
                .anyMatch(one -> one.getValue().entrySet().containsAll(selector.entrySet()));
    }

    /** What the workloads of a service carry; where it is not told, the customary label. */
    Map<String, String> labels(Target target) {
        if (told(target).isEmpty() && guessed.add(target)) {
            problems.add(Fields.unread(
                    "Service " + target.namespace() + "/" + target.name(),
                    "is not among the objects; its workloads are taken to carry app=" + target.name()));
        }
        return told(target).orElse(Map.of("app", target.name()));
    }
}
