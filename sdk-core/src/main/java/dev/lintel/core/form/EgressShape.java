package dev.lintel.core.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.EgressDefinition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a host that may be called outside is stored: as its record is, without the ports that nobody has to say. */
final class EgressShape {
    private static final RecordShape RECORD = new RecordShape(EgressDefinition.class, Set.of("kind"));

    private EgressShape() {}

    static @Nullable EgressDefinition read(Node node, Place place) {
        return (EgressDefinition) RECORD.read(node, place);
    }

    static ObjectNode write(EgressDefinition definition) {
        ObjectNode tree = RECORD.write(definition);
        if (definition.ports().equals(EgressDefinition.DEFAULT_PORTS)) {
            tree.remove("ports");
        }
        return tree;
    }
}
