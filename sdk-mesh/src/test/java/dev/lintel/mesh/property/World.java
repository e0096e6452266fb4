package dev.lintel.mesh.property;

import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * A dialect, and what is drawn for it.
 *
 * @param name what it is called where it is counted
 * @param dialect what writes and reads
 * @param models random models of which it can write a good part
 * @param refusals the codes of problems that may keep a drawn model from being written
 * @param questions what is asked of a model and of what was read back
 */
record World(
        String name,
        Dialect dialect,
        LongFunction<MeshModel> models,
        Set<String> refusals,
        Questions.Source questions) {
    /** Whether what it writes is Istio's. */
    boolean writesIstio() {
        return !name.startsWith("gateway-api ") || name.endsWith(" istio");
    }

    @Override
    public String toString() {
        return name;
    }
}
