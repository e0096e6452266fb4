package dev.lintel.graphql.expose;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Names;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;
import dev.lintel.graphql.model.Operation;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Gives {@link GraphSource} its meaning, together with everything else that is said about the graph. */
public final class GraphSourceCompiler implements PolicyCompiler<GraphSource> {
    /** The file in which whoever serves the graph finds what was said about it. */
    static final String FILE = "graph.yaml";

    /** For the service loader. */
    public GraphSourceCompiler() {}

    @Override
    public Class<GraphSource> policy() {
        return GraphSource.class;
    }

    @Override
    public String kind() {
        return GraphSource.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.DOCUMENT;
    }

    @Override
    public void compile(GraphSource policy, ApiDraft draft) {
        List<Said> sources = draft.said().stream()
                .filter(said -> said.policy() instanceof GraphSource)
                .toList();
        // One graph, however many services: it is made where the first of them is said.
        if (sources.get(0).policy().equals(policy)) {
            BlueprintReader.read(draft.name(), draft.said(), draft::problem)
                    .ifPresent(blueprint -> compile(blueprint, sources, draft));
        }
    }

    private static void compile(Blueprint blueprint, List<Said> sources, ApiDraft draft) {
        if (!draft.verifiesTokens()) {
            unverified(blueprint, sources, draft);
        }
        SortedMap<String, String> files = new TreeMap<>();
        List<Said> graph = draft.said().stream()
                .filter(said -> said.policy() instanceof GraphPolicy)
                .toList();
        ApiDefinition whole =
                new ApiDefinition(ServiceRef.service(draft.name()), draft.namespace(), graph, draft.origin());
        files.put(FILE, DefinitionFormat.yaml().write(whole));
        draft.paths(PathPattern.parse(blueprint.path() + "/**"));
        draft.front(new FrontRule(
                GraphSource.KIND,
                blueprint.sources().stream().map(GraphSource::service).toList(),
                blueprint.rules().parts(),
                files,
                blueprint.sources().stream()
                        .flatMap(source -> Stream.ofNullable(source.tokens().client()))
                        .map(GraphClient::secret)
                        .distinct()
                        .toList(),
                draft.origin()));
    }

    /** Scopes of which nobody has verified that they were given are none. */
    private static void unverified(Blueprint blueprint, List<Said> sources, ApiDraft draft) {
        String way = "say who issues tokens: withOAuth2(…)";
        for (Said said : draft.said()) {
            if (said.policy() instanceof GraphField field && field.requirement() instanceof Requirement.Token) {
                String message = "field '" + field.field() + "' asks for " + field.requirement()
                        + ", but tokens are not verified";
                draft.problem(said, "graphql.unverified", message, way);
            }
            if (said.policy() instanceof GraphIntrospection who && who.scope() != null) {
                String message = "introspection asks for scope " + who.scope() + ", but tokens are not verified";
                draft.problem(said, "graphql.unverified", message, way);
            }
        }
        for (Said said : sources) {
            GraphSource source = (GraphSource) said.policy();
            if (source.tokens().handling() == GraphTokens.Handling.EXCHANGE) {
                String message = "'" + source.file()
                        + "' has tokens of callers exchanged, but tokens are not verified, so that" + " none would be";
                draft.problem(said, "graphql.unverified", message, way);
            }
            List<String> secured = blueprint.graph().model().operations().stream()
                    .filter(operation -> BlueprintReader.source(operation, blueprint.sources())
                            .equals(source))
                    .filter(operation -> !operation.security().tokens().isEmpty())
                    .map(Operation::key)
                    .toList();
            if (!source.unsecured() && !secured.isEmpty()) {
                draft.problem(
                        said,
                        "graphql.unverified",
                        "'" + source.file() + "' asks for tokens at " + Names.few(secured)
                                + ", but tokens are not verified",
                        way + ", or leave it to the service alone: openApi(…).ignoreSecurity()");
            }
        }
    }
}
