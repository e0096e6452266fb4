package dev.lintel.core.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.IsolationDefinition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the boundary of a namespace is stored: as its record is. */
final class IsolationShape {
    private static final RecordShape RECORD = new RecordShape(IsolationDefinition.class, Set.of("kind"));

    private IsolationShape() {}

    static @Nullable IsolationDefinition read(Node node, Place place) {
        return (IsolationDefinition) RECORD.read(node, place);
    }

    static ObjectNode write(IsolationDefinition definition) {
        return RECORD.write(definition);
    }
}
