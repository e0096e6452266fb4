package dev.lintel.graphql;

import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Loss;
import dev.lintel.graphql.name.NameLock;
import dev.lintel.graphql.openapi.OpenApiReader;
import dev.lintel.graphql.schema.GraphSchema;
import dev.lintel.graphql.schema.Maps;
import dev.lintel.graphql.schema.Nullability;
import dev.lintel.graphql.schema.SchemaAssembler;
import dev.lintel.graphql.schema.Settings;
import java.util.List;
import java.util.Objects;

/**
 * An API as a graph: what an OpenAPI document says, as a GraphQL schema.
 *
 * @param name what the graph is called
 * @param model of the API
 * @param settings what can be chosen about the schema
 * @param lock names that are kept
 */
public record Graph(String name, ApiModel model, Settings settings, NameLock lock) {
    /** Checks that nothing is missing. */
    public Graph {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(lock, "lock");
    }

    /**
     * A graph of which only the name is said.
     *
     * @param name what it is called
     */
    public record Unsourced(String name) {
        /** Checks that there is a name. */
        public Unsourced {
            if (name.isBlank()) {
                throw new IllegalArgumentException("a graph needs a name, but it is blank");
            }
        }

        /**
         * The graph of a document.
         *
         * @param document as it was parsed
         * @return a graph with {@link Settings#DEFAULT} and no names to keep
         */
        public Graph from(OpenApi document) {
            return new Graph(name, OpenApiReader.read(document), Settings.DEFAULT, NameLock.EMPTY);
        }
    }

    /**
     * Begins a graph.
     *
     * @param name what it is called
     * @return what needs a document
     */
    public static Unsourced of(String name) {
        return new Unsourced(name);
    }

    /**
     * The same with another rule for nulls in answers.
     *
     * @param rule {@link Nullability#AS_DOCUMENTED} unless said
     * @return a new value
     */
    public Graph nullability(Nullability rule) {
        return new Graph(name, model, new Settings(rule, settings.maps()), lock);
    }

    /**
     * The same with another form for objects with unknown keys.
     *
     * @param form {@link Maps#ENTRIES} unless said
     * @return a new value
     */
    public Graph maps(Maps form) {
        return new Graph(name, model, new Settings(settings.nullability(), form), lock);
    }

    /**
     * The same with names that are kept.
     *
     * @param names of an earlier schema of this graph
     * @return a new value
     */
    public Graph locked(NameLock names) {
        return new Graph(name, model, settings, names);
    }

    /**
     * Makes the schema: work that takes from milliseconds to seconds, anew at each call.
     *
     * @return a valid schema
     */
    public GraphSchema schema() {
        return SchemaAssembler.assemble(model, settings, lock);
    }

    /**
     * What the document says and the schema does not, or not exactly. It makes the schema, which has the same list.
     *
     * @return sorted
     */
    public List<Loss> losses() {
        return schema().losses();
    }
}
