package dev.lintel.graphql.expose;

import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.model.Requirement;
import dev.lintel.graphql.Graph;
import dev.lintel.graphql.execute.GraphLimits;
import dev.lintel.graphql.schema.GraphSchema;
import java.util.List;

/**
 * A graph as its policies mean it, before anything listens or is called. Pure: the same policies give the same graph.
 *
 * @param path where it is served
 * @param graphiql whether there is a page to try queries
 * @param sources its services, in the order of saying
 * @param graph the model of all services
 * @param schema made of it
 * @param rules who may ask for what
 * @param limits how much a query may ask for
 */
public record Blueprint(
        String path,
        boolean graphiql,
        List<GraphSource> sources,
        Graph graph,
        GraphSchema schema,
        FieldRules rules,
        GraphLimits limits) {
    /** Keeps a copy. */
    public Blueprint {
        sources = List.copyOf(sources);
    }

    /** Hears what is wrong with a policy. */
    @FunctionalInterface
    public interface Report {
        /**
         * One thing that is wrong.
         *
         * @param said the policy, with the line that said it
         * @param code a short stable name
         * @param message what is wrong
         * @param hint what to do about it
         */
        void problem(Said said, String code, String message, String hint);
    }

    /**
     * Whether anything asks for a token.
     *
     * @return true if some field or the schema does
     */
    public boolean asksForTokens() {
        return rules.parts().values().stream().anyMatch(Requirement.Token.class::isInstance);
    }
}
