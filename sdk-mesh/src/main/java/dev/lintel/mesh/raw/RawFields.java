package dev.lintel.mesh.raw;

import dev.lintel.core.Problem;
import dev.lintel.core.Spelling;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.lint.Finding;
import dev.lintel.mesh.lint.Lint;
import dev.lintel.mesh.lint.LintCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes models with raw fields: a dialect writes all else, then the fields are set. Only objects about routes may be
 * touched, and not whom they are for: policies keep what a plan promises.
 */
public final class RawFields {
    private static final Set<String> ROUTES =
            Set.of("VirtualService", "DestinationRule", "HTTPRoute", "GRPCRoute", "BackendTrafficPolicy");
    private static final Set<String> SUBJECTS = Set.of(
            "hosts",
            "gateways",
            "host",
            "hostnames",
            "parentRefs",
            "targetRefs",
            "targetSelectors",
            "exportTo",
            "workloadSelector");

    /** What no cluster takes: nothing is written that has it. */
    private static final Set<String> REFUSED = Arrays.stream(LintCode.values())
            .filter(LintCode::isRefused)
            .map(LintCode::code)
            .collect(Collectors.toUnmodifiableSet());

    private RawFields() {}

    /**
     * The model without raw fields, which any dialect can write.
     *
     * @param model any model
     * @return an equal one if there were none
     */
    public static MeshModel stripped(MeshModel model) {
        List<ApiModel> apis = model.apis().stream()
                .map(api -> new ApiModel(
                        api.name(),
                        api.namespace(),
                        api.entry(),
                        api.service(),
                        api.guards().stream()
                                .filter(guard -> !(guard instanceof RawRule))
                                .toList(),
                        api.origin(),
                        api.front()))
                .toList();
        return new MeshModel(apis, model.egress(), model.isolations());
    }

    /**
     * Writes a model, raw fields included.
     *
     * @param dialect what writes the objects
     * @param model any model
     * @return what the dialect wrote, changed; with a problem for each field that cannot be set or that a cluster would
     *     refuse, and what else the linter finds in what was set among the prerequisites
     */
    public static Written write(Dialect dialect, MeshModel model) {
        Written written = dialect.write(stripped(model));
        List<Manifest> manifests = new ArrayList<>(written.manifests());
        List<Problem> problems = new ArrayList<>(written.problems());
        List<Problem> prerequisites = new ArrayList<>(written.prerequisites());
        for (ApiModel api : model.apis()) {
            for (GuardRule guard : api.guards()) {
                if (guard instanceof RawRule rule) {
                    set(api, rule, manifests, problems, prerequisites);
                    prerequisites.add(problem(
                            "raw.by-hand",
                            api,
                            rule,
                            "is said by hand: what it does to requests is told as far as it can be read back",
                            "say it by a policy where there is one"));
                }
            }
        }
        return new Written(manifests, problems, prerequisites, written.deviations(), written.guarantees());
    }

    private static void set(
            ApiModel api, RawRule rule, List<Manifest> manifests, List<Problem> problems, List<Problem> warnings) {
        RawField field = rule.field();
        int slash = field.object().indexOf('/');
        String kind = slash < 0 ? field.object() : field.object().substring(0, slash);
        String name = field.object().substring(kind.length());
        RawPath path = RawPath.parse(field.path());
        if (!ROUTES.contains(kind)) {
            Optional<String> near = Spelling.near(kind, ROUTES);
            problems.add(problem(
                    "raw.forbidden",
                    api,
                    rule,
                    near.isPresent()
                            ? "is in a " + kind + ", which is none of the kinds that raw fields are for"
                            : "is in a " + kind + ", on which the promises of the plan rest",
                    near.map(meant -> "did you mean '" + meant + "'?")
                            .orElse("say it by a policy; raw fields are for "
                                    + String.join(", ", ROUTES.stream().sorted().toList()))));
            return;
        }
        if (SUBJECTS.contains(path.top())) {
            problems.add(problem(
                    "raw.forbidden",
                    api,
                    rule,
                    "would change whom the " + kind + " is for",
                    "say the host or the service by a policy"));
            return;
        }
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < manifests.size(); i++) {
            Manifest one = manifests.get(i);
            boolean mine = one.namespace().equals(api.namespace())
                    && api.name().equals(one.labels().get(Manifest.API));
            if (mine && one.kind().equals(kind) && (name.isEmpty() || name.equals("/" + one.name()))) {
                found.add(i);
            }
        }
        if (found.size() != 1) {
            List<String> mine = manifests.stream()
                    .filter(one -> one.kind().equals(kind)
                            && api.name().equals(one.labels().get(Manifest.API)))
                    .filter(one -> one.namespace().equals(api.namespace()))
                    .map(one -> one.kind() + "/" + one.name())
                    .toList();
            problems.add(problem(
                    "raw.object",
                    api,
                    rule,
                    found.isEmpty() ? "is in an object that the API does not have" : "may be in several objects",
                    "name one of " + mine));
            return;
        }
        Manifest old = manifests.get(found.get(0));
        if (path.isIdleIn(old.spec())) {
            List<String> routes = RawPath.routes(old.spec());
            problems.add(problem(
                    "raw.answer",
                    api,
                    rule,
                    "would be in an answer, which goes to no service, and do nothing",
                    routes.isEmpty()
                            ? "leave it out: all routes of the object are answers"
                            : "the routes to the service are " + String.join(", ", routes)));
            return;
        }
        try {
            Manifest now = old.withSpec(path.in(old.spec(), field.value()));
            manifests.set(found.get(0), now);
            for (Problem slip : slips(api, rule, old, now, manifests)) {
                (REFUSED.contains(slip.code()) ? problems : warnings).add(slip);
            }
        } catch (IllegalArgumentException e) {
            problems.add(
                    problem("raw.path", api, rule, String.valueOf(e.getMessage()), "look at the object: " + old.id()));
        }
    }

    /** What the linter finds in the object that was not to be found before: names that no cluster knows, above all. */
    private static List<Problem> slips(
            ApiModel api, RawRule rule, Manifest old, Manifest now, List<Manifest> manifests) {
        List<Finding> before = Lint.of(List.of(old));
        List<Finding> found = new ArrayList<>(Lint.of(List.of(now)));
        String strict = LintCode.TLS_AGAINST_STRICT.code();
        Lint.of(amongPeers(api, now, manifests)).stream()
                .filter(finding -> finding.code().equals(strict) && !found.contains(finding))
                .forEach(found::add);
        return found.stream()
                .filter(finding -> !before.contains(finding))
                .map(finding ->
                        problem(finding.code(), api, rule, finding.field() + ": " + finding.message(), finding.hint()))
                .toList();
    }

    /** With the Service that its host is, which nobody has given here, and what says which calls the workloads take. */
    private static List<Manifest> amongPeers(ApiModel api, Manifest object, List<Manifest> manifests) {
        List<Manifest> all = new ArrayList<>(manifests.stream()
                .filter(one -> one.kind().equals("PeerAuthentication"))
                .toList());
        String host = String.valueOf(object.spec().get("host"));
        String name = host.substring(0, host.indexOf('.') < 0 ? host.length() : host.indexOf('.'));
        Map<String, Object> selector = new LinkedHashMap<>(api.service().labels());
        all.add(new Manifest("v1", "Service", api.namespace(), name, Map.of(), Map.of(), Map.of("selector", selector)));
        all.add(object);
        return all;
    }

    private static Problem problem(String code, ApiModel api, RawRule rule, String message, String hint) {
        RawField field = rule.field();
        return new Problem(code, api.id() + " " + field.object() + " " + field.path(), message, hint, rule.origin());
    }
}
