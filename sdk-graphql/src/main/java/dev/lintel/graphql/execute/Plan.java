package dev.lintel.graphql.execute;

import dev.lintel.graphql.model.Link;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.schema.VariantOf;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.OperationDefinition;
import graphql.schema.Coercing;
import graphql.schema.GraphQLFieldDefinition;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * How an operation of a document is answered: made once for each document, used by many requests.
 *
 * @param operation as parsed
 * @param root fields of Query or Mutation
 * @param fields all of them, each as often as it is planned
 * @param cost calls in the worst case
 * @param schema what of it asks for the schema, null if nothing does
 */
record Plan(
        OperationDefinition operation,
        Chosen root,
        List<Pick> fields,
        long cost,
        @Nullable Document schema) {
    boolean mutation() {
        return operation.getOperation() == OperationDefinition.Operation.MUTATION;
    }

    /** Whether a field is one of Query or Mutation. */
    boolean root(Pick pick) {
        return root.picks().stream().anyMatch(each -> each.number() == pick.number());
    }

    /**
     * What is asked of objects of one type.
     *
     * @param type its name
     * @param picks in the order of the answer
     */
    record Chosen(String type, List<Pick> picks) {}

    /**
     * A field in a place.
     *
     * @param number its place in {@link Plan#fields}
     * @param key as in the answer
     * @param opening the key as it is written
     * @param name of the field
     * @param owners types of which a guard is asked: the object and what the document calls it
     * @param source where its value comes from
     * @param out what becomes of the value
     * @param needed whether null is no answer
     * @param shown under which conditions it is there: one of them must hold; null for always
     * @param node where it stands first
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, written for each answer
    record Pick(
            int number,
            String key,
            byte[] opening,
            String name,
            SortedSet<String> owners,
            Source source,
            Out out,
            boolean needed,
            @Nullable List<List<Condition>> shown,
            Field node) {}

    /**
     * A directive that shows or hides.
     *
     * @param variable its argument, null if it is said
     * @param said the argument, if it is no variable
     * @param wanted what shows it: true for include, false for skip
     */
    record Condition(@Nullable String variable, boolean said, boolean wanted) {
        boolean holds(Map<String, Object> variables) {
            boolean value = variable == null ? said : Boolean.TRUE.equals(variables.get(variable));
            return value == wanted;
        }
    }

    /** Where the value of a field comes from. */
    sealed interface Source {
        /** The name of the type. */
        record TypeName() implements Source {}

        /** The schema itself. */
        record Schema() implements Source {}

        /**
         * A property of the object.
         *
         * @param name as in JSON
         */
        record Property(String name) implements Source {}

        /**
         * A call of a service.
         *
         * @param target what is called
         * @param definition of the field
         * @param constant arguments, if they have no variables
         * @param link from which other arguments come, null for fields of Query and Mutation
         */
        record Call(
                Target target,
                GraphQLFieldDefinition definition,
                @Nullable Map<String, Object> constant,
                @Nullable Link link)
                implements Source {
            Operation operation() {
                return target.operation();
            }
        }
    }

    /** What becomes of a value of a service. */
    sealed interface Out {
        /**
         * A single value.
         *
         * @param scalar its name
         * @param fast what it may be without a look
         * @param coercing what checks it otherwise
         */
        record Leaf(String scalar, Leaves.Fast fast, Coercing<?, ?> coercing) implements Out {}

        /** Any JSON. */
        record Json() implements Out {}

        /**
         * One text of several.
         *
         * @param names by texts
         */
        record Choice(SortedMap<String, String> names) implements Out {}

        /**
         * A list.
         *
         * @param of its items
         * @param needed whether items are never null
         */
        record Items(Out of, boolean needed) implements Out {}

        /**
         * An object with unknown keys, as a list.
         *
         * @param entry what is asked of an entry: its keys are {@code key} and {@code value}
         */
        record Entries(Chosen entry) implements Out {}

        /**
         * An object.
         *
         * @param chosen what is asked of it
         */
        record One(Chosen chosen) implements Out {}

        /**
         * An object of one of several types.
         *
         * @param variant tells which
         * @param chosen what is asked of each, by ids
         */
        record Several(VariantOf variant, SortedMap<String, Chosen> chosen) implements Out {}
    }
}
