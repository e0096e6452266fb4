package dev.lintel.mesh;

import dev.lintel.core.Problem;
import java.util.List;

/** A cluster, as far as it matters to who only looks: others say more in our objects than we do. */
record SaidAndLive(List<Manifest> said, List<Manifest> live) implements Target {
    @Override
    public String name() {
        return "in force";
    }

    @Override
    public State read() {
        return new State("", said, said, live, List.of());
    }

    @Override
    public List<Problem> obstacles(State state, List<Manifest> manifests) {
        return List.of();
    }

    @Override
    public Past write(State state, Wanted wanted) {
        throw new AssertionError("who looks writes nothing");
    }
}
