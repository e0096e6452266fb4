package dev.lintel.cli;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Past;
import dev.lintel.mesh.Target;
import java.util.List;

/** A target that holds nothing, so that definitions can be planned for a world that is not at hand. */
final class Nowhere implements Target {
    @Override
    public String name() {
        return "nowhere";
    }

    @Override
    public State read() {
        return new State("empty", List.of(), List.of());
    }

    @Override
    public List<Problem> obstacles(State state, List<Manifest> manifests) {
        return List.of();
    }

    @Override
    public Past write(State state, Wanted wanted) {
        throw new UnsupportedOperationException("nothing can be written nowhere");
    }
}
