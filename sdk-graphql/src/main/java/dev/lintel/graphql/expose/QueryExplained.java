package dev.lintel.graphql.expose;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.graphql.execute.FieldGuard;
import dev.lintel.graphql.execute.GraphCaller;
import dev.lintel.graphql.execute.GraphEngine;
import dev.lintel.graphql.execute.GraphExplanation;
import dev.lintel.graphql.execute.GraphRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a graph would do for a query: what each of its fields asks of the caller, and what would be sent to which service.
 * Nothing is sent.
 *
 * @param fields each field once, those of objects before the fields that lead to them; none if the query is not valid or asks for too much
 * @param calls what would be sent, or the refusal
 * @param services the names of the services that are called, the first one first
 */
public record QueryExplained(List<FieldDecision> fields, GraphExplanation calls, List<String> services) {
    /** Keeps copies. */
    public QueryExplained {
        fields = List.copyOf(fields);
        services = List.copyOf(services);
    }

    /**
     * Explains a query.
     *
     * @param definition of an API that is a graph
     * @param request the query, with its variables
     * @param caller who asks, with what the token has that it would show
     * @return the explanation
     * @throws ProblemsException if the definition is no graph, or wrong
     */
    public static QueryExplained of(ApiDefinition definition, GraphRequest request, GraphCaller caller) {
        List<Problem> problems = new ArrayList<>();
        Blueprint blueprint = BlueprintReader.read(
                        definition.service().name(),
                        definition.policies(),
                        (said, code, message, hint) -> problems.add(new Problem(
                                code, definition.id() + " " + said.policy().kind(), message, hint, said.origin())))
                .filter(read -> problems.isEmpty())
                .orElseThrow(() -> new ProblemsException("'" + definition.id() + "'", told(definition, problems)));
        Recording recording = new Recording(blueprint.rules());
        GraphExplanation calls = GraphEngine.of(blueprint.graph(), sent -> {
                    throw new IllegalStateException("an explanation sends nothing");
                })
                .limits(blueprint.limits())
                .guard(recording)
                .explain(request, caller);
        return new QueryExplained(
                List.copyOf(recording.decisions.values()),
                calls,
                blueprint.sources().stream()
                        .map(source -> source.service().name())
                        .toList());
    }

    private static List<Problem> told(ApiDefinition definition, List<Problem> problems) {
        return problems.isEmpty()
                ? List.of(new Problem(
                        "graphql.none",
                        definition.id(),
                        "is no graph",
                        "say which services it has: Api.graphql(…).from(openApi(…))",
                        definition.origin()))
                : problems;
    }

    /** The rules of the graph, which writes down what it was asked. */
    private static final class Recording implements FieldGuard {
        private final FieldRules rules;
        private final Map<String, FieldDecision> decisions = new LinkedHashMap<>();

        private Recording(FieldRules rules) {
            this.rules = rules;
        }

        @Override
        public Verdict check(String type, String field, GraphCaller caller) {
            FieldDecision decision = rules.decide(type, field, caller.authenticated(), caller.scopes());
            FieldDecision unused = decisions.putIfAbsent(decision.field(), decision);
            return decision.verdict();
        }

        @Override
        public boolean introspection(GraphCaller caller) {
            FieldDecision decision = rules.introspection(caller.authenticated(), caller.scopes());
            FieldDecision unused = decisions.putIfAbsent(decision.field(), decision);
            return decision.allowed();
        }
    }

    /** One line for each field, then one for each call. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        fields.forEach(field -> text.append(field).append('\n'));
        for (GraphExplanation.Call call : calls.calls()) {
            text.append("calls ")
                    .append(call.service().isEmpty() ? services.get(0) : call.service())
                    .append(": ")
                    .append(call.method())
                    .append(' ')
                    .append(call.target())
                    .append(" for ")
                    .append(call.field())
                    .append(call.depends() ? ", if an answer says so" : "")
                    .append('\n');
        }
        return calls.refusal() == null
                ? text.toString()
                : text + "refused: " + calls.refusal().codes() + "\n";
    }
}
