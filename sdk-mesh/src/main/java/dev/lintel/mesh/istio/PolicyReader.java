package dev.lintel.mesh.istio;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the policies of a workload and answers what they ask of a request that the gateway sends there, and who inside may
 * call: whatever a DENY rule meets is refused, and where there is an ALLOW policy, whatever none of its rules meets.
 */
final class PolicyReader {
    /** Stands for the algorithms of an issuer's keys, whichever they are. */
    private static final List<String> ALGORITHMS = List.of("any");
    /** Claims that a mesh takes apart at spaces anyway. */
    static final Set<String> APART = Set.of("scope", "permission");

    private final IstioDialect dialect;
    private final String namespace;
    private final Peer gateway;
    private final List<Issuer> issuers = new ArrayList<>();
    private final List<PolicyRule> allow = new ArrayList<>();
    private final List<PolicyRule> deny = new ArrayList<>();
    private final List<PolicyRule> boundary = new ArrayList<>();
    private final Set<String> said = new LinkedHashSet<>();
    private final TreeMap<Integer, Boolean> strict = new TreeMap<>();
    private @Nullable List<String> audiences;
    private @Nullable Map<String, String> labels;
    private @Nullable Fields place;
    private @Nullable PolicyAnswers answers;
    private boolean allows;
    private boolean locked;

    PolicyReader(IstioDialect dialect, String namespace) {
        this.dialect = dialect;
        this.namespace = namespace;
        this.gateway = new Peer(dialect.ingress().namespace(), dialect.ingress().serviceAccount());
    }

    /** Whether nothing at all is asked of who enters. */
    boolean isEmpty() {
        return !allows
                && issuers.isEmpty()
                && deny.isEmpty()
                && boundary.stream().allMatch(rule -> rule.of(gateway).isEmpty());
    }

    List<Issuer> issuers() {
        return issuers;
    }

    List<String> audiences() {
        return audiences == null ? List.of() : audiences;
    }

    Optional<Map<String, String>> labels() {
        return Optional.ofNullable(labels);
    }

    /** The sets of methods that the rules name. */
    List<Set<String>> methods() {
        List<Set<String>> names = new ArrayList<>();
        operations().forEach(one -> names.add(one.methods().names()));
        return names;
    }

    /** All paths that the rules name, as they are compared. */
    Set<PathExpression> paths() {
        Set<PathExpression> paths = new LinkedHashSet<>();
        operations().forEach(operation -> {
            paths.addAll(operation.paths());
            paths.addAll(operation.notPaths());
        });
        return paths;
    }

    /** All paths that the rules name, and the nodes of {@link #nodes()}. */
    Set<PathPattern> patterns() {
        Set<PathPattern> patterns = new LinkedHashSet<>();
        paths().forEach(path -> patterns.add(path.atom()));
        patterns.addAll(nodes());
        return patterns;
    }

    /**
     * The nodes that no rule names, but what is below them: {@code /a} of {@code /a/*}. Our paths have no word for what is
     * below alone, so that the node is a path of its own.
     */
    Set<PathPattern> nodes() {
        Set<PathPattern> nodes = new LinkedHashSet<>();
        Set<PathExpression> named = paths();
        for (PathExpression path : named) {
            boolean below = path.tail() == PathExpression.Tail.BELOW
                    && !path.node().segments().isEmpty();
            if (below && named.stream().noneMatch(other -> other.atom().equals(path.node()))) {
                nodes.add(path.node());
            }
        }
        return nodes;
    }

    private Stream<PolicyRule.Where> operations() {
        return Stream.concat(allow.stream(), deny.stream()).flatMap(rule -> rule.operations().stream());
    }

    /** What is asked of a request that enters, as the workload's proxy sees it. */
    Requirement asked(String path, String method) {
        return answers().asked(path, method);
    }

    /** Who inside may call, in the order of their names; empty for everybody, the gateway alone for nobody else. */
    Optional<List<Peer>> inside(String path, String method) {
        return answers().inside(path, method);
    }

    private PolicyAnswers answers() {
        if (answers == null) {
            answers = new PolicyAnswers(allow, deny, boundary, allows, gateway, this::problem);
        }
        return answers;
    }

    /** A problem of the policies together, once. */
    void problem(String message) {
        if (place != null && said.add(message)) {
            place.problem(message);
        }
    }

    /** The namespaces that have a boundary and whose workloads are refused. */
    Set<String> keptOut() {
        Set<String> out = new TreeSet<>();
        boundary.forEach(rule -> rule.sources().get(0).in().forEach(who -> out.add(String.valueOf(who.namespace()))));
        return out;
    }

    /** What of the policies belongs together, once all of them were read. */
    void finish(Fields last, Optional<Hygiene> hygiene) {
        boolean strangers =
                allow.stream().flatMap(rule -> rule.sources().stream()).anyMatch(Source::isOpenToStrangers)
                        || deny.stream()
                                .flatMap(rule -> rule.sources().stream())
                                .anyMatch(source ->
                                        !source.of().isEmpty() || !source.in().isEmpty());
        if (strangers && !isStrict()) {
            last.problem("without a strict PeerAuthentication whoever comes without an identity counts as inside");
        }
        if (dialect.dataPlane() == DataPlane.AMBIENT && allows && !locked) {
            last.problem("whoever calls the workloads by their address gets past the waypoint");
        }
        boolean templates = patterns().stream().anyMatch(Forms::hasTemplate);
        if (templates && hygiene.map(Hygiene::stars).orElse(true)) {
            last.problem("a path with '*' gets around the templates, and the gateway does not refuse it");
        }
    }

    /** The policy nearest to the workload says so. */
    private boolean isStrict() {
        return !strict.isEmpty() && strict.lastEntry().getValue();
    }

    /** The policy of the workload itself, of its namespace, or of the mesh. */
    void peer(Fields spec) {
        boolean own = select(spec);
        Fields mtls = spec.map("mtls");
        boolean says = "STRICT".equals(mtls.text("mode"));
        int near = own ? 2 : spec.isIn(namespace) ? 1 : 0;
        strict.merge(near, says, (one, other) -> one && other);
        mtls.end();
        spec.end();
    }

    /** Must be read before the rules that speak of tokens; several are taken together. */
    void request(Fields spec) {
        select(spec);
        for (Fields rule : spec.maps("jwtRules")) {
            issuers.add(issuer(rule, rule.text("issuer")));
            List<String> meant = rule.texts("audiences");
            if (audiences != null && !audiences.equals(meant)) {
                rule.problem("asks for other audiences than the issuer before");
            }
            audiences = meant;
            if (!bearer(rule)) {
                rule.problem("takes tokens from elsewhere than 'Authorization: Bearer', as from the query");
            }
            if (!rule.flag("forwardOriginalToken")) {
                rule.problem("takes the token away from the service");
            }
            if (!APART.containsAll(rule.texts("spaceDelimitedClaims"))) {
                rule.problem("takes claims apart at spaces");
            }
            rule.end();
        }
        spec.end();
    }

    /** An issuer with the place of its keys, or the keys themselves. */
    static Issuer issuer(Fields rule, @Nullable String name) {
        URI place = rule.uri("jwksUri");
        String keys = rule.text("jwks");
        if (place != null && keys != null) {
            rule.problem("says the keys of '" + name + "', and where they are as well");
        }
        if (name == null) {
            rule.problem("takes tokens whoever they say issued them");
        }
        return new Issuer(String.valueOf(name), keys == null ? place : null, keys, ALGORITHMS, Origin.unknown());
    }

    static boolean bearer(Fields rule) {
        List<Map<String, Object>> places = new ArrayList<>();
        for (Fields place : rule.maps(AccessWriter.PLACES)) {
            places.add(place.rest());
        }
        return places.equals(AccessWriter.bearer());
    }

    /**
     * One of the policies that hold for the workload. Must be read after the issuers are known.
     *
     * @param isolated the namespaces whose boundaries are read elsewhere
     */
    void authorization(Fields spec, Set<String> isolated) {
        boolean atNode = dialect.dataPlane() == DataPlane.AMBIENT && spec.has("selector");
        select(spec);
        String action = spec.text("action");
        if (atNode) {
            lock(spec, "ALLOW".equals(action));
            return;
        }
        place = place == null ? spec : place;
        answers = null;
        if (action == null || action.equals("ALLOW")) {
            allows = true;
            allow.addAll(rules(spec));
        } else if (action.equals("DENY")) {
            for (PolicyRule rule : rules(spec)) {
                if (!rule.grant().equals(Grant.NONE)
                        || rule.sources().stream().anyMatch(source -> source.tokens() == Source.Tokens.NEEDED)) {
                    spec.problem("refuses some good tokens");
                }
                (BoundaryRules.isOne(rule, namespace, isolated) ? boundary : deny).add(rule);
            }
        } else if (!action.equals("AUDIT")) {
            spec.problem("action is neither ALLOW nor DENY, and asks about calls from inside too: " + action);
        }
        spec.end();
    }

    /** What is asked at the node is asked of the waypoint, which alone must get to the workload. */
    private void lock(Fields spec, boolean allow) {
        List<PolicyRule> rules = rules(spec);
        Who waypoint = new Who(namespace, Waypoint.NAME);
        locked = allow
                && rules.size() == 1
                && rules.get(0).operations().isEmpty()
                && rules.get(0).sources().stream()
                        .allMatch(source -> source.of().equals(List.of(waypoint)));
        if (!locked || rules.get(0).sources().isEmpty()) {
            locked = false;
            spec.problem("is asked at the node, and is not that the waypoint alone gets to the workload");
        }
        spec.end();
    }

    private List<PolicyRule> rules(Fields spec) {
        List<String> names = issuers.stream().map(Issuer::issuer).toList();
        List<PolicyRule> rules = new ArrayList<>();
        for (Fields rule : spec.maps("rules")) {
            rules.add(PolicyRule.read(rule, dialect.trustDomain(), namespace, names));
        }
        return rules;
    }

    /** Whether a policy names its workloads. They must be the same for all that do, or some of them. */
    @CanIgnoreReturnValue
    private boolean select(Fields spec) {
        Fields selector = spec.map("selector");
        Map<String, String> selected = selector.pairs("matchLabels");
        selector.end();
        List<Fields> targets = spec.maps("targetRefs");
        targets.forEach(target -> {
            target.text("kind");
            target.text("name");
            target.text("group");
            target.end();
        });
        if (selected.isEmpty()) {
            return !targets.isEmpty();
        }
        Map<String, String> others = labels == null ? Map.of() : labels;
        boolean wider = selected.entrySet().containsAll(others.entrySet());
        if (!wider && !others.entrySet().containsAll(selected.entrySet())) {
            spec.problem("selects " + selected + ", and the other policies " + others);
        }
        labels = wider ? selected : others;
        return true;
    }
}
