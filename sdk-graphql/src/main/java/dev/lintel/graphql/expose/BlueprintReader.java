package dev.lintel.graphql.expose;

import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Names;
import dev.lintel.core.Policy;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.Spelling;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import dev.lintel.graphql.Graph;
import dev.lintel.graphql.compose.Composition;
import dev.lintel.graphql.compose.Composition.Part;
import dev.lintel.graphql.execute.GraphLimits;
import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.name.NameLock;
import dev.lintel.graphql.openapi.OpenApiReader;
import dev.lintel.graphql.schema.GraphSchema;
import dev.lintel.graphql.schema.Maps;
import dev.lintel.graphql.schema.Nullability;
import dev.lintel.graphql.schema.Settings;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLImplementingType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a blueprint of what was said. */
public final class BlueprintReader {
    private final String name;
    private final List<Said> said;
    private final Blueprint.Report report;
    private final SortedMap<String, Requirement> parts = new TreeMap<>();

    private BlueprintReader(String name, List<Said> said, Blueprint.Report report) {
        this.name = name;
        this.said = said;
        this.report = report;
    }

    /**
     * Reads what was said.
     *
     * @param name what the graph is called
     * @param said all policies of the API; those that are not about graphs do not count
     * @param report hears of everything that is wrong
     * @return the graph; empty if something is so wrong that there is none
     */
    public static Optional<Blueprint> read(String name, List<Said> said, Blueprint.Report report) {
        return Optional.ofNullable(new BlueprintReader(name, said, report).read());
    }

    private @Nullable Blueprint read() {
        List<GraphSource> sources = all(GraphSource.class);
        List<Part> services = new ArrayList<>();
        for (Said each : said) {
            if (each.policy() instanceof GraphSource source) {
                try {
                    services.add(new Part(source.service().name(), source.name(), OpenApiReader.read(source.read())));
                } catch (ProblemsException e) {
                    for (Problem problem : e.problems()) {
                        report.problem(each, problem.code(), problem.path() + " " + problem.message(), problem.hint());
                    }
                }
            }
        }
        if (sources.isEmpty() || services.size() < sources.size()) {
            return null;
        }
        collisions(services);
        Settings settings = new Settings(
                option(GraphOption.Option.NULLABILITY)
                        .map(option -> option.constant(Nullability.class))
                        .orElse(Settings.DEFAULT.nullability()),
                option(GraphOption.Option.MAPS)
                        .map(option -> option.constant(Maps.class))
                        .orElse(Settings.DEFAULT.maps()));
        NameLock lock =
                all(GraphNames.class).stream().findFirst().map(GraphNames::lock).orElse(NameLock.EMPTY);
        Graph graph = new Graph(name, Composition.of(services), settings, lock);
        GraphSchema schema = graph.schema();
        fields(schema.graphQl());
        for (Operation operation : graph.model().operations()) {
            document(
                    operation,
                    (operation.safe() ? "Query." : "Mutation.") + schema.names().operation(operation),
                    sources);
        }
        for (Said each : said) {
            if (each.policy() instanceof GraphField field) {
                field(each, field, schema.graphQl());
            }
        }
        links(graph.model(), schema);
        GraphIntrospection who =
                all(GraphIntrospection.class).stream().findFirst().orElse(GraphIntrospection.EVERYBODY);
        parts.put(FieldRules.SCHEMA, who.requirement());
        boolean only = all(GraphDocuments.class).stream().anyMatch(GraphDocuments::only);
        parts.put(FieldRules.DOCUMENTS, only ? Requirement.DENIED : Requirement.PUBLIC);
        return new Blueprint(
                option(GraphOption.Option.PATH).map(GraphOption::value).orElse("/graphql"),
                option(GraphOption.Option.GRAPHIQL)
                        .map(GraphOption::value)
                        .orElse("false")
                        .equals("true"),
                sources,
                graph,
                schema,
                new FieldRules(parts),
                limits(),
                all(GraphDocuments.class).stream().findFirst().orElse(GraphDocuments.NONE));
    }

    private <P extends Policy> List<P> all(Class<P> type) {
        return said.stream()
                .map(Said::policy)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private Optional<GraphOption> option(GraphOption.Option option) {
        return all(GraphOption.class).stream()
                .filter(each -> each.option() == option)
                .findFirst();
    }

    private void collisions(List<Part> services) {
        SortedMap<String, List<String>> claimed = Composition.collisions(services);
        Map<String, List<String>> told = new TreeMap<>();
        claimed.forEach((claim, by) -> told.computeIfAbsent(by.get(by.size() - 1), service -> new ArrayList<>())
                .add(claim + " of " + by.get(0)));
        for (Said each : said) {
            if (each.policy() instanceof GraphSource source
                    && told.containsKey(source.service().name())) {
                report.problem(
                        each,
                        "graphql.collision",
                        "service '" + source.service() + "' has what another service of the graph has: "
                                + Names.few(told.getOrDefault(source.service().name(), List.of())),
                        "give one of them a name, with which its types and fields begin: openApi(…).named(\"…\")");
            }
        }
    }

    /** Every field of the graph is a part; nothing is asked until somebody says so. */
    private void fields(GraphQLSchema schema) {
        for (GraphQLNamedType type : schema.getAllTypesAsList()) {
            if (type instanceof GraphQLFieldsContainer owner && !type.getName().startsWith("__")) {
                for (GraphQLFieldDefinition field : owner.getFieldDefinitions()) {
                    parts.put(type.getName() + "." + field.getName(), Requirement.PUBLIC);
                }
            }
        }
    }

    /** What the document asks of those who call an operation. */
    private void document(Operation operation, String field, List<GraphSource> sources) {
        GraphSource source = source(operation, sources);
        List<Grant> grants = operation.security().tokens().stream()
                .map(scopes -> new Grant(List.copyOf(scopes), List.of()))
                .toList();
        if (!grants.isEmpty() && !source.unsecured() && parts.containsKey(field)) {
            parts.put(field, new Requirement.Token(grants));
        }
    }

    static GraphSource source(Operation operation, List<GraphSource> sources) {
        return sources.stream()
                .filter(each -> each.service().name().equals(operation.service()))
                .findFirst()
                .orElse(sources.get(0));
    }

    private void field(Said each, GraphField field, GraphQLSchema schema) {
        if (!parts.containsKey(field.field())) {
            report.problem(
                    each,
                    "graphql.field",
                    "the graph has no field '" + field.field() + "'",
                    Spelling.near(field.field(), List.copyOf(parts.keySet()))
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("look at Graph.of(…).from(…).schema().sdl() for its fields"));
            return;
        }
        add(field.field(), field);
        if (schema.getType(field.type()) instanceof GraphQLInterfaceType type) {
            String own = field.field().substring(field.type().length());
            for (GraphQLImplementingType object : implementations(schema, type)) {
                add(object.getName() + own, field);
            }
        }
    }

    /** A link is another way to what an operation answers: it asks for what the operation asks for, and for its own. */
    private void links(ApiModel model, GraphSchema schema) {
        var names = schema.names();
        Map<String, Requirement> asked = new TreeMap<>();
        for (Operation operation : model.operations()) {
            Requirement of = parts.get("Query." + names.operation(operation));
            if (operation.safe() && of != null) {
                asked.put(operation.key(), of);
            }
        }
        model.links()
                .forEach((id, links) -> links.values().forEach(link -> {
                    Requirement of = asked.getOrDefault(link.target(), Requirement.DENIED);
                    String part = names.output(id) + "." + names.link(id, link);
                    parts.computeIfPresent(part, (field, own) -> FieldRules.both(own, of));
                }));
    }

    private static List<GraphQLImplementingType> implementations(GraphQLSchema schema, GraphQLInterfaceType type) {
        return schema.getAllTypesAsList().stream()
                .filter(GraphQLImplementingType.class::isInstance)
                .map(GraphQLImplementingType.class::cast)
                .filter(object -> object.getInterfaces().stream()
                        .anyMatch(above -> above.getName().equals(type.getName())))
                .toList();
    }

    private void add(String part, GraphField field) {
        parts.merge(part, field.requirement(), FieldRules::both);
    }

    private GraphLimits limits() {
        GraphLimits limits = GraphLimits.DEFAULT;
        for (GraphLimit limit : all(GraphLimit.class)) {
            limits = switch (limit.what()) {
                case DEPTH -> limits.depth(limit.most());
                case COST -> limits.calls(limit.most());
                case ALIASES -> limits.aliases(limit.most());
            };
        }
        return limits;
    }
}
