package dev.lintel.graphql.expose;

import dev.lintel.core.Speaker;
import dev.lintel.core.fluent.Verbs;
import dev.lintel.graphql.name.NameLock;
import dev.lintel.graphql.schema.Maps;
import dev.lintel.graphql.schema.Nullability;
import java.util.List;

/**
 * The verbs of a graph: its services, who may ask for which field, how much a query may ask for.
 *
 * @param <S> the chain that the verbs answer
 */
public interface GraphVerbs<S extends Verbs<S>> extends Verbs<S> {
    /**
     * Adds another service to the graph.
     *
     * @param source for example {@code openApi(Path.of("bills.yaml"), service("bills")).named("billing")}
     * @return a new chain
     */
    default S and(GraphSource source) {
        return with(source);
    }

    /**
     * Begins to say who may ask for a field.
     *
     * @param field type and field, for example {@code Mutation.refund}; of an interface, that of all its objects as well
     * @return what asks what is asked
     */
    default FieldVerb<S> field(String field) {
        return new FieldVerb<>(this, field);
    }

    /**
     * Limits how deep fields may stand within each other.
     *
     * @param levels 1 to 100
     * @return a new chain
     */
    default S maxDepth(int levels) {
        return with(new GraphLimit(GraphLimit.What.DEPTH, levels));
    }

    /**
     * Limits how many calls of services a query may need in the worst case.
     *
     * @param calls 1 to 100,000
     * @return a new chain
     */
    default S maxCost(int calls) {
        return with(new GraphLimit(GraphLimit.What.COST, calls));
    }

    /**
     * Limits how many fields a query may give other names.
     *
     * @param aliases 0 to 10,000
     * @return a new chain
     */
    default S maxAliases(int aliases) {
        return with(new GraphLimit(GraphLimit.What.ALIASES, aliases));
    }

    /**
     * Says who may ask for the schema.
     *
     * @param who for example {@link GraphIntrospection#OFF}
     * @return a new chain
     */
    default S introspection(GraphIntrospection who) {
        return with(who);
    }

    /**
     * Serves a page on which people try queries.
     *
     * @param served whether it is; not unless said
     * @return a new chain
     */
    default S graphiql(boolean served) {
        return with(new GraphOption(GraphOption.Option.GRAPHIQL, Boolean.toString(served)));
    }

    /**
     * Serves the graph elsewhere than at {@code /graphql}.
     *
     * @param path for example {@code /api/graph}
     * @return a new chain
     */
    default S servedAt(String path) {
        return with(new GraphOption(GraphOption.Option.PATH, path));
    }

    /**
     * Says what of an answer is never null.
     *
     * @param rule {@link Nullability#AS_DOCUMENTED} unless said
     * @return a new chain
     */
    default S nullability(Nullability rule) {
        return with(GraphOption.of(GraphOption.Option.NULLABILITY, rule));
    }

    /**
     * Says what objects with unknown keys become.
     *
     * @param form {@link Maps#ENTRIES} unless said
     * @return a new chain
     */
    default S maps(Maps form) {
        return with(GraphOption.of(GraphOption.Option.MAPS, form));
    }

    /**
     * Keeps names.
     *
     * @param names of an earlier schema of this graph
     * @return a new chain
     */
    default S locked(NameLock names) {
        return with(new GraphNames(names.names()));
    }

    /**
     * A field of which it is not yet said who may ask for it.
     *
     * @param <S> the chain that goes on
     */
    final class FieldVerb<S extends Verbs<S>> implements Speaker {
        private final Verbs<S> chain;
        private final String field;

        private FieldVerb(Verbs<S> chain, String field) {
            this.chain = chain;
            this.field = field;
        }

        /**
         * Those whose token has a scope.
         *
         * @param scope the scope
         * @return a new chain
         */
        public S scope(String scope) {
            return scopes(scope);
        }

        /**
         * Those whose token has all of some scopes.
         *
         * @param all at least one
         * @return a new chain
         */
        public S scopes(String... all) {
            return chain.with(new GraphField(field, GraphField.Asks.SCOPES, List.of(all)));
        }

        /**
         * Those with any good token.
         *
         * @return a new chain
         */
        public S authenticated() {
            return chain.with(new GraphField(field, GraphField.Asks.TOKEN, List.of()));
        }

        /**
         * Nobody.
         *
         * @return a new chain
         */
        public S denied() {
            return chain.with(new GraphField(field, GraphField.Asks.DENIED, List.of()));
        }
    }
}
