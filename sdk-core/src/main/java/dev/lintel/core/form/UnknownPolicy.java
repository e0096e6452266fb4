package dev.lintel.core.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.Policy;
import java.util.Objects;

/**
 * A policy of a kind that nobody here knows: kept as it was read, written back as it is, refused at {@code plan}.
 *
 * @param kind the kind that it was stored under
 * @param tree everything else that was stored
 */
public record UnknownPolicy(String kind, ObjectNode tree) implements Policy {
    /** Checks that nothing is missing, and keeps a copy of the tree. */
    public UnknownPolicy {
        Objects.requireNonNull(kind, "kind");
        tree = tree.deepCopy();
    }

    /** Two unknown policies may well be meant: whether they may is for the module that knows them to say. */
    @Override
    public String key() {
        return tree.toString();
    }
}
