package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.Peer;
import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The policies that belong to no API alone: those that hold for a namespace, for the mesh, or for whatever carries some
 * labels, and those at the gateway.
 */
final class SharedPolicies {
    private static final Set<String> KINDS =
            Set.of(Meta.AUTHORIZATION_POLICY, Meta.REQUEST_AUTHENTICATION, Meta.PEER_AUTHENTICATION);

    private final IstioDialect dialect;
    private final List<Problem> problems;
    private final List<Manifest> held = new ArrayList<>();
    private final Map<String, IsolationRule> isolated = new TreeMap<>();
    private final Map<String, Set<String>> kept = new TreeMap<>();
    /** What was read for some workload, so that its fields are told. */
    private final Set<Manifest> asked = new LinkedHashSet<>();

    private final AuthorizerReader authorizers;
    private final GatewayPolicies gateway;

    SharedPolicies(IstioDialect dialect, List<Problem> problems) {
        this.dialect = dialect;
        this.problems = problems;
        this.authorizers = new AuthorizerReader(dialect);
        this.gateway = new GatewayPolicies(problems);
    }

    /** Whether an object is one of these. */
    boolean takes(Manifest manifest) {
        if (manifest.apiVersion().equals(Meta.NETWORK) && manifest.kind().equals(Meta.NETWORK_POLICY)) {
            // What our network policies let through is asked in the proxies as well.
            return manifest.isOurs();
        }
        if (!KINDS.contains(manifest.kind()) || !manifest.apiVersion().startsWith("security.istio.io/")) {
            return false;
        }
        boolean entry = manifest.namespace().equals(dialect.ingress().namespace())
                && selected(manifest).equals(dialect.ingress().labels());
        if (entry || manifest.labels().get(Manifest.API) == null) {
            return held.add(manifest);
        }
        return false;
    }

    /** Reads what must be known before any API is: the boundaries, and what is asked at the gateway. */
    void read() {
        for (Manifest manifest : held) {
            boolean policy = manifest.kind().equals(Meta.AUTHORIZATION_POLICY);
            if (isAtGateway(manifest) && !gateway.takes(manifest)) {
                authorizers.read(manifest, fields(manifest, problems));
            } else if (!isAtGateway(manifest)
                    && policy
                    && isWide(manifest)
                    && "DENY".equals(manifest.spec().get("action"))) {
                boundaries(manifest);
            }
        }
    }

    private void boundaries(Manifest manifest) {
        try {
            fields(manifest, new ArrayList<>())
                    .maps("rules")
                    .forEach(rule -> boundary(
                            PolicyRule.read(rule, dialect.trustDomain(), manifest.namespace(), List.of()),
                            manifest.namespace()));
        } catch (IllegalArgumentException e) {
            problems.add(Fields.unread(manifest.id(), "spec.rules: " + e.getMessage()));
        }
    }

    private void boundary(PolicyRule rule, String namespace) {
        if (!BoundaryRules.isInto(rule, namespace)) {
            return;
        }
        Source source = rule.sources().get(0);
        List<Peer> from = new ArrayList<>();
        for (Who who : source.notIn()) {
            if (who.namespace() != null && !who.namespace().equals(namespace)) {
                from.add(new Peer(who.namespace(), null));
            }
        }
        for (Who who : source.not()) {
            boolean gateway = who.namespace() == null
                    || who.namespace().equals(dialect.ingress().namespace())
                            && dialect.ingress().serviceAccount().equals(who.account());
            if (who.namespace() != null && !gateway) {
                from.add(new Peer(who.namespace(), who.account()));
            }
        }
        isolated.merge(namespace, new IsolationRule(namespace, from, List.of(), Origin.unknown()), BoundaryRules::both);
    }

    /** The namespaces that have a boundary. */
    Set<String> isolated() {
        return isolated.keySet();
    }

    /** Gives a workload's reader what says which tokens and which connections are good. */
    void tokens(PolicyReader policies, String api, String namespace) {
        for (Manifest manifest : held) {
            if (holds(manifest, policies, api, namespace) && manifest.kind().equals(Meta.PEER_AUTHENTICATION)) {
                asked.add(manifest);
                policies.peer(fields(manifest, problems));
            } else if (holds(manifest, policies, api, namespace)
                    && manifest.kind().equals(Meta.REQUEST_AUTHENTICATION)) {
                asked.add(manifest);
                policies.request(fields(manifest, problems));
            }
        }
    }

    /** Gives a workload's reader the rules that hold for it as well. */
    void rules(PolicyReader policies, String api, String namespace) {
        for (Manifest manifest : held) {
            if (holds(manifest, policies, api, namespace) && manifest.kind().equals(Meta.AUTHORIZATION_POLICY)) {
                asked.add(manifest);
                policies.authorization(fields(manifest, problems), isolated());
            }
        }
        kept.put(api + "." + namespace, policies.keptOut());
    }

    /** Reads what holds for no API that is known, for the sake of fields that nobody knows. */
    private void alone(Manifest manifest) {
        PolicyReader nobody = new PolicyReader(dialect, manifest.namespace());
        Fields spec = fields(manifest, problems);
        try {
            switch (manifest.kind()) {
                case Meta.PEER_AUTHENTICATION -> nobody.peer(spec);
                case Meta.REQUEST_AUTHENTICATION -> nobody.request(spec);
                default -> nobody.authorization(spec, isolated());
            }
        } catch (IllegalArgumentException e) {
            problems.add(Fields.unread(manifest.id(), String.valueOf(e.getMessage())));
        }
    }

    private boolean holds(Manifest manifest, PolicyReader policies, String api, String namespace) {
        boolean near =
                manifest.namespace().equals(namespace) || manifest.namespace().equals(dialect.rootNamespace());
        if (!near || isAtGateway(manifest)) {
            return false;
        }
        Map<String, Object> spec = manifest.spec();
        if (spec.get("targetRefs") instanceof List<?> targets) {
            return targets.stream()
                    .anyMatch(target -> target instanceof Map<?, ?> one
                            && "Service".equals(one.get("kind"))
                            && api.equals(one.get("name")));
        }
        Map<String, String> labels = policies.labels().orElse(Map.of("app", api));
        return labels.entrySet().containsAll(selected(manifest).entrySet());
    }

    private boolean isAtGateway(Manifest manifest) {
        return manifest.namespace().equals(dialect.ingress().namespace())
                && selected(manifest).equals(dialect.ingress().labels());
    }

    private static boolean isWide(Manifest manifest) {
        return !manifest.spec().containsKey("targetRefs") && selected(manifest).isEmpty();
    }

    private static Map<String, String> selected(Manifest manifest) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (manifest.spec().get("selector") instanceof Map<?, ?> selector
                && selector.get("matchLabels") instanceof Map<?, ?> matched) {
            matched.forEach((key, value) -> labels.put(String.valueOf(key), String.valueOf(value)));
        }
        return labels;
    }

    private static Fields fields(Manifest manifest, List<Problem> into) {
        return new Fields(manifest.id(), "spec", manifest.spec(), into);
    }

    /** Who is asked about requests for some hosts; null for nobody. */
    @Nullable
    AuthorizerRule authorizer(List<String> hosts, List<PathPattern> claims, List<PathPattern> others, Fields place) {
        return authorizers.of(hosts, claims, others, place);
    }

    /** What is asked at the gateway of requests for some hosts. */
    GatewayAccess gateway(List<String> hosts, List<PathPattern> own, List<PathPattern> others, Fields place) {
        return gateway.of(hosts, own, others, place);
    }

    /** The boundaries; what may be called out of one are the services that do not keep its workloads out. */
    List<IsolationRule> isolations(List<ApiModel> apis) {
        held.stream()
                .filter(manifest -> !isAtGateway(manifest) && !asked.contains(manifest))
                .forEach(this::alone);
        List<IsolationRule> rules = new ArrayList<>();
        isolated.forEach((namespace, rule) -> {
            Set<Peer> to = new TreeSet<>();
            for (ApiModel api : apis) {
                boolean out = kept.getOrDefault(api.id(), Set.of()).contains(namespace);
                if (!api.namespace().equals(namespace) && !out) {
                    to.add(new Peer(api.namespace(), api.service().name()));
                }
            }
            rules.add(new IsolationRule(namespace, rule.from(), List.copyOf(to), Origin.unknown()));
        });
        return rules;
    }
}
