package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes who may call some hosts of a gateway behind which no workload of the mesh asks: rules of a DENY policy, one for each
 * way in which a request falls short. An ALLOW policy would refuse every other host of the gateway, or open them again where
 * somebody else has closed them; a DENY policy can do neither.
 *
 * <p>Paths are those of the client, because the gateway asks before it rewrites. A host is meant with every port and in any
 * case, as the gateway's routes take it.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/security/authorization-policy/">Istio, Authorization Policy</a>
 */
public final class GatewayAccessWriter {
    /** The most rules that Istio takes in one policy. */
    static final int MOST_RULES = 512;

    static final String ISSUER = "request.auth.claims[iss]";
    static final String AUDIENCES = "request.auth.audiences";

    private final Access access;
    private final List<String> hosts;
    private final List<PathPattern> own;
    private final List<PathPattern> others;

    /**
     * A writer.
     *
     * @param access what is asked
     * @param hosts whose requests are meant, in lower case and without ports; never empty
     * @param own which of their paths are meant; empty for all of them
     * @param others which paths of the same hosts belong to somebody else, who asks for himself; needed with {@code own} only
     */
    public GatewayAccessWriter(Access access, List<String> hosts, List<PathPattern> own, List<PathPattern> others) {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("a policy at a gateway needs a host, or it would hold for all of them");
        }
        this.access = access;
        this.hosts = List.copyOf(hosts);
        this.own = List.copyOf(own);
        this.others = List.copyOf(others);
    }

    /** What a token must have: one of some values for a key. */
    private record Having(String key, List<String> values) {}

    /**
     * The {@code rules} of an AuthorizationPolicy with the action {@code DENY}.
     *
     * @param trusted the issuers whose tokens the gateway takes for good; those that are not of this access are refused
     * @return empty where nothing is refused: then there must be no policy
     * @throws IllegalArgumentException if Istio does not take so many, or the paths overlap in too many ways
     */
    public List<Map<String, Object>> rules(Set<String> trusted) {
        List<Operation> nobody = new ArrayList<>();
        List<Operation> tokens = new ArrayList<>();
        Map<Requirement.Token, List<Operation>> having = new LinkedHashMap<>();
        for (AccessPlan.Area area : plan().areas()) {
            MethodSet refused = MethodSet.ALL;
            for (Map.Entry<Requirement, MethodSet> asked : area.absorbed()
                    ? Map.<Requirement, MethodSet>of().entrySet()
                    : area.asked().entrySet()) {
                if (asked.getKey() instanceof Requirement.Token token) {
                    if (access.issuers().isEmpty()) {
                        continue;
                    }
                    Operation operation = operation(area, asked.getValue());
                    Operation.add(tokens, operation);
                    Operation.add(having.computeIfAbsent(token, key -> new ArrayList<>()), operation);
                }
                refused = refused.minus(asked.getValue());
            }
            if (!area.absorbed() && !refused.isEmpty()) {
                Operation.add(nobody, operation(area, refused));
            }
        }
        List<Map<String, Object>> rules = new ArrayList<>();
        add(rules, nobody, List.of(), List.of());
        tokens(rules, trusted);
        add(rules, tokens, principals(), List.of());
        having.forEach((token, to) -> lacking(token).forEach(when -> add(rules, to, List.of(), when)));
        if (rules.size() > MOST_RULES) {
            throw tooMany(rules.size());
        }
        return rules;
    }

    /** What is asked where. */
    AccessPlan plan() {
        return AccessPlan.atGateway(access.rules(), own, others);
    }

    private static Operation operation(AccessPlan.Area area, MethodSet methods) {
        return Operation.of(area.path(), area.carved(), methods);
    }

    /** A token that is shown is judged where none is needed, too. */
    private void tokens(List<Map<String, Object>> rules, Set<String> trusted) {
        List<String> issuers = access.issuers().stream().map(Issuer::issuer).toList();
        if (issuers.isEmpty()) {
            return;
        }
        List<Operation> all = new ArrayList<>();
        AccessRule any = new AccessRule(Endpoint.any(), Requirement.TOKEN, Origin.unknown());
        for (AccessPlan.Area area :
                AccessPlan.atGateway(List.of(any), own, others).areas()) {
            if (!area.absorbed() && area.asked().containsKey(Requirement.TOKEN)) {
                Operation.add(all, operation(area, MethodSet.ALL));
            }
        }
        if (!issuers.containsAll(trusted)) {
            add(rules, all, List.of(), List.of(map("key", ISSUER, "values", List.of("*"), "notValues", issuers)));
        }
        if (!access.audiences().isEmpty()) {
            add(
                    rules,
                    all,
                    List.of(),
                    List.of(
                            map("key", ISSUER, "values", List.of("*")),
                            map("key", AUDIENCES, "notValues", access.audiences())));
        }
    }

    private List<String> principals() {
        return access.issuers().stream().map(issuer -> issuer.issuer() + "/*").toList();
    }

    private void add(
            List<Map<String, Object>> rules,
            List<Operation> to,
            List<String> notPrincipals,
            List<Map<String, Object>> when) {
        if (!to.isEmpty()) {
            Map<String, Object> source = map("source", map("notRequestPrincipals", notPrincipals));
            rules.add(map(
                    "from",
                    source.isEmpty() ? List.of() : List.of(source),
                    "to",
                    to.stream().map(this::tree).toList(),
                    "when",
                    when));
        }
    }

    /** With a port that a caller names, a host is another text. */
    private Map<String, Object> tree(Operation operation) {
        List<String> said = new ArrayList<>();
        hosts.forEach(host -> {
            said.add(host);
            said.add(host + ":*");
        });
        return map("operation", operation.at(said));
    }

    /** All ways to lack something of each of the grants, of which one would be enough. */
    private static List<List<Map<String, Object>>> lacking(Requirement.Token token) {
        List<Set<Having>> ways = List.of(Set.of());
        for (Grant grant : token.anyOf()) {
            List<Having> asked = new ArrayList<>();
            grant.scopes().forEach(scope -> asked.add(new Having("request.auth.claims[scope]", List.of(scope))));
            grant.claims()
                    .forEach(
                            claim -> asked.add(new Having("request.auth.claims[" + claim.name() + "]", claim.anyOf())));
            if (ways.size() * (long) asked.size() > MOST_RULES) {
                throw tooMany(ways.size() * (long) asked.size());
            }
            List<Set<Having>> more = new ArrayList<>();
            for (Set<Having> way : ways) {
                for (Having one : asked) {
                    Set<Having> longer = new LinkedHashSet<>(way);
                    longer.add(one);
                    more.add(longer);
                }
            }
            ways = narrowest(more);
        }
        List<List<Map<String, Object>>> all = new ArrayList<>();
        ways.stream()
                .filter(way -> !way.isEmpty())
                .forEach(way -> all.add(way.stream()
                        .map(one -> map("key", one.key(), "notValues", one.values()))
                        .toList()));
        return all;
    }

    /** Without those that ask for more than another, and so refuse nothing that it does not. */
    private static List<Set<Having>> narrowest(List<Set<Having>> ways) {
        List<Set<Having>> kept = new ArrayList<>();
        for (Set<Having> way : new LinkedHashSet<>(ways)) {
            if (ways.stream().noneMatch(other -> !other.equals(way) && way.containsAll(other))) {
                kept.add(way);
            }
        }
        return kept;
    }

    private static IllegalArgumentException tooMany(long rules) {
        return new IllegalArgumentException(
                "a mesh takes at most " + MOST_RULES + " rules in a policy, but this needs at least " + rules);
    }
}
