package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Condition;
import graphql.language.Field;
import java.util.List;

/**
 * A field where a document asks for it.
 *
 * @param node the field
 * @param owner what the document calls the type that has it
 * @param conditions all must hold for it to be there
 */
record Collected(Field node, String owner, List<Condition> conditions) {
    Collected {
        conditions = List.copyOf(conditions);
    }
}
