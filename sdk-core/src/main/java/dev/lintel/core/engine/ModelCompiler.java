package dev.lintel.core.engine;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Definition;
import dev.lintel.core.IsolationDefinition;
import dev.lintel.core.Policy;
import dev.lintel.core.Problem;
import dev.lintel.core.Spelling;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.spi.PolicyCompiler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns definitions into the model they mean together. Pure: the same definitions give the same model. */
public final class ModelCompiler {
    private final Kinds kinds;

    /**
     * A compiler of the given kinds.
     *
     * @param kinds usually {@link Kinds#installed()}
     */
    public ModelCompiler(Kinds kinds) {
        this.kinds = kinds;
    }

    /**
     * The outcome: a model, and what is wrong with it.
     *
     * @param model the model of everything that could be compiled
     * @param problems empty if the model may be used
     * @param warnings what should be known before the model is used
     */
    public record Compiled(MeshModel model, List<Problem> problems, List<Problem> warnings) {
        /** Keeps the lists unchangeable. */
        public Compiled {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Compiles all definitions of one world.
     *
     * @param definitions in any order
     * @param world what is known beforehand
     * @return the model and all problems
     */
    public Compiled compile(Collection<? extends Definition> definitions, World world) {
        List<Problem> problems = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        Map<String, ApiModel> apis = new LinkedHashMap<>();
        EgressRules egress = new EgressRules(problems, warnings);
        Isolations isolations = new Isolations(problems);
        for (Definition said : definitions) {
            if (said instanceof IsolationDefinition isolation) {
                isolations.add(isolation);
                continue;
            }
            if (!(said instanceof ApiDefinition definition)) {
                egress.add(said);
                continue;
            }
            problems.addAll(unknown(definition));
            ApiModel api = compile(definition, Optional.of(world), problems, warnings);
            warnings.addAll(Methods.warnings(api));
            ApiModel other = apis.putIfAbsent(api.id(), api);
            if (other != null) {
                problems.add(new Problem(
                        "api.twice",
                        api.id(),
                        "is defined twice" + other.origin().after(", first at "),
                        "put both into one definition, or give one another service or namespace",
                        api.origin()));
            }
        }
        List<ApiModel> sorted = new ArrayList<>(apis.values());
        sorted.sort(Comparator.comparing(ApiModel::namespace).thenComparing(ApiModel::name));
        MeshModel model = new MeshModel(sorted, egress.sorted(), isolations.sorted());
        problems.addAll(Hosts.collisions(model));
        warnings.addAll(isolations.warnings(model));
        return new Compiled(model, problems, warnings);
    }

    /**
     * Checks what one definition says, without a world: repeated policies, contradictions among policies. Kinds that are
     * not known are passed over here and refused at {@code plan}.
     *
     * @param definition the definition
     * @return all problems, empty if there is none
     */
    public List<Problem> check(ApiDefinition definition) {
        List<Problem> problems = new ArrayList<>();
        var unused = compile(definition, Optional.empty(), problems, new ArrayList<>());
        return problems;
    }

    private ApiModel compile(
            ApiDefinition definition, Optional<World> world, List<Problem> problems, List<Problem> warnings) {
        problems.addAll(repeated(definition));
        Draft draft = new Draft(definition, problems, warnings);
        for (PolicyCompiler<?> compiler : kinds.inOrder()) {
            for (Said said : definition.policies()) {
                if (said.policy().kind().equals(compiler.kind())
                        && compiler.policy().isInstance(said.policy())) {
                    compile(compiler, said, draft);
                }
            }
        }
        return draft.finish(world);
    }

    private static <P extends Policy> void compile(PolicyCompiler<P> compiler, Said said, Draft draft) {
        draft.now(said);
        compiler.compile(compiler.policy().cast(said.policy()), draft);
    }

    private static List<Problem> repeated(ApiDefinition definition) {
        List<Problem> problems = new ArrayList<>();
        Map<List<String>, Said> first = new LinkedHashMap<>();
        for (Said said : definition.policies()) {
            Policy policy = said.policy();
            Said other = first.putIfAbsent(List.of(policy.kind(), policy.key()), said);
            if (other != null) {
                problems.add(new Problem(
                        "policy.twice",
                        definition.id() + " " + policy.kind(),
                        (policy.key().isEmpty() ? "is said twice" : "'" + policy.key() + "' is said twice")
                                + other.origin().after(", first at "),
                        "say it once, or merge the two values before saying it",
                        said.origin()));
            }
        }
        return problems;
    }

    private List<Problem> unknown(ApiDefinition definition) {
        List<Problem> problems = new ArrayList<>();
        for (Said said : definition.policies()) {
            String kind = said.policy().kind();
            Optional<Class<? extends Policy>> known = kinds.policy(kind);
            if (known.isEmpty()) {
                problems.add(new Problem(
                        "policy.unknown",
                        definition.id() + " " + kind,
                        "has no compiler: nobody here knows this kind",
                        known(kind),
                        said.origin()));
            } else if (!known.get().isInstance(said.policy())) {
                problems.add(new Problem(
                        "policy.unknown",
                        definition.id() + " " + kind,
                        "is a " + said.policy().getClass().getName() + ", but this kind is compiled as "
                                + known.get().getName(),
                        "use that record, or give yours another kind",
                        said.origin()));
            }
        }
        return problems;
    }

    /** The one that was probably meant, or those of the same family, or all. */
    private String known(String kind) {
        List<String> all = kinds.inOrder().stream()
                .map(PolicyCompiler::kind)
                .distinct()
                .sorted()
                .toList();
        Optional<String> near = Spelling.near(kind, all);
        if (near.isPresent()) {
            return "did you mean '" + near.get() + "'? else add the module that compiles it";
        }
        String family = kind.substring(0, kind.indexOf('.') + 1);
        List<String> alike = all.stream()
                .filter(each -> !family.isEmpty() && each.startsWith(family))
                .toList();
        return "add the module that compiles it; known here: " + String.join(", ", alike.isEmpty() ? all : alike);
    }
}
