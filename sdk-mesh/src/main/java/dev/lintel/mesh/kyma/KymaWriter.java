package dev.lintel.mesh.kyma;

import dev.lintel.core.Problem;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.plan.Deviation;
import dev.lintel.core.plan.Guarantee;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a model: each API by an APIRule with Istio's objects beside it, or, where an APIRule cannot say it, by Istio's
 * objects alone, bound to Kyma's gateway. Two objects for one host would fight, so that an API is written in one way as a
 * whole.
 */
final class KymaWriter {
    /** With what the codes of Istio's own dialect begin that say the same, or more about what is refused anyway. */
    private static final Map<String, List<String>> SAID_BY_ISTIO = Map.of(
            "kyma.overlap", List.of("istio.overlap"),
            "kyma.login", List.of("istio.login"),
            "kyma.split", List.of("istio.sticky-"),
            "kyma.choice", List.of("istio.choice-"),
            "kyma.elsewhere", List.of("istio.elsewhere-"));

    private final KymaDialect dialect;
    private final List<Manifest> manifests = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> prerequisites = new ArrayList<>();
    private final List<Deviation> deviations = new ArrayList<>();
    private final List<Guarantee> guarantees = new ArrayList<>();

    KymaWriter(KymaDialect dialect) {
        this.dialect = dialect;
    }

    Written write(MeshModel model) {
        Written whole = dialect.istio().write(model);
        problems.addAll(whole.problems());
        List<ApiModel> others = new ArrayList<>();
        for (ApiModel api : model.apis()) {
            List<Problem> obstacles = new ArrayList<>(new Fit(api).find());
            model.isolations().stream().limit(1).forEach(rule -> obstacles.add(new Fit(api).isolation(rule)));
            Optional<RulePlan> plan = obstacles.isEmpty() ? plan(api, obstacles) : Optional.empty();
            if (plan.isPresent()) {
                apiRule(api, plan.get());
            } else if (dialect.fallback()) {
                others.add(api);
                prerequisites.addAll(new Needs(dialect, api).ofPlainObjects(obstacles));
            } else {
                problems.removeIf(
                        one -> one.path().equals(api.id()) && obstacles.stream().anyMatch(ours -> says(ours, one)));
                boolean plain =
                        whole.problems().stream().noneMatch(one -> one.path().equals(api.id()));
                obstacles.forEach(one -> problems.add(plain ? orPlain(one) : one));
            }
        }
        // What is needed for all APIs together does not show in the objects of one of them.
        whole.prerequisites().stream().filter(Together::isNeeded).forEach(prerequisites::add);
        plain(whole, dialect.istio().write(new MeshModel(others, model.egress(), model.isolations())));
        return new Written(
                manifests,
                problems.stream().distinct().toList(),
                prerequisites.stream().distinct().toList(),
                Deviation.joined(deviations),
                guarantees);
    }

    /** Objects of Istio's own could say it: nobody but the caller has kept them out. */
    private static Problem orPlain(Problem problem) {
        return new Problem(
                problem.code(),
                problem.path(),
                problem.message(),
                problem.hint() + "; or say kyma() without onlyApiRules(), which says it by Istio's own objects",
                problem.origin());
    }

    /** Whether what an APIRule cannot say at all is refused by Istio's own dialect for a reason of its own. */
    private static boolean says(Problem ours, Problem istio) {
        List<String> starts = SAID_BY_ISTIO.getOrDefault(ours.code(), List.of());
        return starts.stream().anyMatch(start -> istio.code().startsWith(start));
    }

    /** The rules of an API, if the controller makes of them what was said. */
    private static Optional<RulePlan> plan(ApiModel api, List<Problem> obstacles) {
        RulePlan plan;
        try {
            plan = RulePlan.of(api.entry().access());
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            obstacles.add(new Problem(
                    "kyma.overlap",
                    api.id(),
                    "an APIRule cannot say its access: " + why,
                    "use fewer paths with braces",
                    api.origin()));
            return Optional.empty();
        }
        obstacles.addAll(new Fit(api).of(plan));
        if (!obstacles.isEmpty()) {
            return Optional.empty();
        }
        Optional<Problem> unsafe = new Proof(api.entry().access(), rules(api, plan), plan.denials()).problem(api);
        unsafe.ifPresent(obstacles::add);
        return unsafe.isPresent() ? Optional.empty() : Optional.of(plan);
    }

    private static List<Rule> rules(ApiModel api, RulePlan plan) {
        Rule.Backend backend = new Rule.Backend(
                api.service().name(), api.namespace(), api.service().port());
        TimeoutRule timeout = api.service().timeout();
        int seconds = timeout == null
                ? Rule.LONGEST_TIMEOUT
                : Math.toIntExact(timeout.total().toSeconds());
        Map<String, String> headers = api.entry().headers().request();
        return plan.rules().stream()
                .map(one -> new Rule(one.path(), one.methods(), one.requirement(), backend, headers, seconds))
                .toList();
    }

    /** Policies before what opens the host: an API must not be open while its objects arrive. */
    private void apiRule(ApiModel api, RulePlan plan) {
        Written plain = dialect.istio().write(new MeshModel(List.of(api)));
        Access access = api.entry().access();
        Beside beside = new Beside(api);
        List<Manifest> denied = beside.denied(plan.denials());
        plain.manifests().stream().filter(Plain::isBesideApiRule).forEach(manifests::add);
        manifests.addAll(denied);
        manifests.add(beside.inside());
        ApiRule rule = new ApiRule(
                api.name(),
                api.namespace(),
                api.entry().hosts().get(0),
                dialect.gateway(),
                access.issuers(),
                access.audiences(),
                rules(api, plan));
        Map<String, Object> spec = new ApiRuleTree(rule).spec();
        manifests.add(Spoken.noted(api, Beside.object(ApiRule.VERSION, ApiRule.KIND, api, api.name(), spec)));
        prerequisites.addAll(plain.prerequisites());
        prerequisites.addAll(new Needs(dialect, api).ofApiRule(rule.rules()));
        plain.deviations().stream().filter(KymaDeviations::staysBesideApiRule).forEach(deviations::add);
        deviations.addAll(KymaDeviations.of(api));
        guarantees.addAll(new Promises(api).ofApiRule(denied));
    }

    /** What is about no single API, and what the gateway must know of all of them, is that of the whole model. */
    private void plain(Written whole, Written plain) {
        Set<Manifest> own = new HashSet<>(plain.manifests());
        whole.manifests().stream()
                .filter(manifest -> own.contains(manifest) || Together.isSaid(dialect, manifest))
                .filter(manifest -> !Plain.isGateway(manifest))
                .map(manifest -> Plain.bound(manifest, dialect.gateway()))
                .forEach(manifests::add);
        plain.prerequisites().stream().filter(one -> !Together.isNeeded(one)).forEach(prerequisites::add);
        deviations.addAll(plain.deviations());
        guarantees.addAll(plain.guarantees());
    }

    /** Which of Istio's objects are kept. */
    private static final class Plain {
        private Plain() {}

        static boolean isGateway(Manifest manifest) {
            return manifest.kind().equals("Gateway") && !KymaReader.isExit(manifest);
        }

        /** What governs calls, and mutual TLS; the rest is what the controller makes. */
        static boolean isBesideApiRule(Manifest manifest) {
            return switch (manifest.kind()) {
                case "Gateway", "RequestAuthentication" -> false;
                // A policy of this kind stands at the gateway, refuses only, and so opens nothing that rules close.
                case "AuthorizationPolicy" -> "CUSTOM".equals(manifest.spec().get("action"));
                case "VirtualService" -> isForCallsFromInside(manifest);
                default -> true;
            };
        }

        static boolean isForCallsFromInside(Manifest manifest) {
            return manifest.spec().get("gateways") instanceof List<?> gateways && gateways.contains("mesh");
        }

        static Manifest bound(Manifest manifest, String gateway) {
            if (!manifest.kind().equals("VirtualService")
                    || isForCallsFromInside(manifest)
                    || !manifest.spec().containsKey("gateways")) {
                return manifest;
            }
            Map<String, Object> spec = new LinkedHashMap<>(manifest.spec());
            spec.put("gateways", List.of(gateway));
            return manifest.withSpec(spec);
        }
    }
}
