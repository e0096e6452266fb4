package dev.lintel.embedded.world;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.engine.World;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Changes;
import dev.lintel.core.plan.Deviation;
import dev.lintel.core.plan.Effects;
import dev.lintel.core.plan.Plan;
import dev.lintel.core.plan.Plans;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Compares what a gateway does with what definitions say, and checks that a plan may be applied. */
public final class Planner {
    private final String name;
    private final World world;
    private final boolean tls;

    /**
     * A planner.
     *
     * @param name the gateway's, for people and to tell plans of different gateways apart
     * @param world what is known beforehand
     * @param tls whether clients speak TLS
     */
    public Planner(String name, World world, boolean tls) {
        this.tls = tls;
        this.name = name;
        this.world = world;
    }

    /** What would change. */
    public Plan plan(View now, Collection<? extends Definition> definitions) {
        Compiled compiled = new ModelCompiler(Kinds.installed()).compile(definitions, world);
        return plan(now, compiled.model(), compiled.problems(), compiled.warnings());
    }

    /**
     * What would change with a model of old.
     *
     * @param now what decides
     * @param old what has decided before
     * @param known what stands against it already
     */
    public Plan back(View now, MeshModel old, List<Problem> known) {
        return plan(now, old, known, List.of());
    }

    private Plan plan(View now, MeshModel desired, List<Problem> refused, List<Problem> told) {
        MeshModel current = now.evaluator().model();
        List<Problem> problems = new ArrayList<>(refused);
        List<Problem> warnings = new ArrayList<>(told);
        desired.apis().forEach(api -> {
            problems.addAll(Needs.unbound(api, now.bindings()));
            problems.addAll(Fronts.missing(api));
            problems.addAll(FrontNeeds.missing(api, desired, now.bindings()));
            warnings.addAll(FrontNeeds.skipped(api, desired));
            problems.addAll(AskerNeeds.missing(api));
            problems.addAll(FarNeeds.missing(api, now.bindings(), now.secrets()));
            problems.addAll(LoginNeeds.missing(api, now.secrets(), tls));
            warnings.addAll(Needs.unready(api, now));
        });
        return new Plan(
                name,
                base(now),
                desired,
                Changes.between(current, desired),
                Effects.between(current, desired),
                problems,
                warnings,
                deviations(desired),
                null);
    }

    /** How hard this world's guarantees are. */
    private static List<Deviation> deviations(MeshModel desired) {
        List<Deviation> deviations = new ArrayList<>();
        List<EgressRule> rules = desired.egress();
        if (!rules.isEmpty()) {
            deviations.add(new Deviation(
                    "embedded.egress",
                    "what may leave is held by a proxy, gateway.egress(\"name.namespace\"), which can be bypassed by"
                            + " whoever does not use it",
                    rules.stream().map(EgressRule::id).toList()));
        }
        List<String> byGateway = rules.stream()
                .filter(rule -> rule.gateway() != null)
                .map(EgressRule::id)
                .toList();
        if (!byGateway.isEmpty()) {
            deviations.add(new Deviation(
                    "embedded.egress-gateway",
                    "the same proxy is the only way out for every host, and calls leave from it: the egress gateway that is"
                            + " said does not stand behind it",
                    byGateway));
        }
        return deviations;
    }

    /**
     * Why a plan cannot be applied now; empty if it can. What was bound when it was made may be bound otherwise since, but
     * never not at all.
     */
    public List<Problem> obstacles(View now, Plan plan) {
        return Plans.obstacles(plan, name, base(now));
    }

    private static String base(View now) {
        return "model " + now.generation();
    }
}
