package dev.lintel.mesh.verify;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Past;
import dev.lintel.mesh.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Objects in memory, from which somebody serves. */
final class MemoryTarget implements Target {
    private List<Manifest> objects = List.of();
    private int writes;
    private Optional<Past> last = Optional.empty();

    /** What a hand does: an object is not there any more, or says something else. */
    void byHand(UnaryOperator<List<Manifest>> change) {
        objects = change.apply(objects);
    }

    int writes() {
        return writes;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public State read() {
        return new State("state " + writes, objects, List.of());
    }

    @Override
    public List<Problem> obstacles(State state, List<Manifest> manifests) {
        return List.of();
    }

    @Override
    public Past write(State state, Wanted wanted) {
        List<Manifest> before = objects;
        objects = wanted.manifests();
        writes++;
        Past past = new Past() {
            @Override
            public List<Problem> obstacles(State now) {
                return List.of();
            }

            @Override
            public List<Manifest> manifests(State now) {
                return before;
            }

            @Override
            public void restore(State now, Wanted old) {
                objects = old.manifests();
                writes++;
            }
        };
        last = Optional.of(past);
        return past;
    }

    @Override
    public Past write(State state, Wanted wanted, BooleanSupplier look) {
        boolean same = objects.equals(wanted.manifests());
        Past past = write(state, wanted);
        boolean unusedAnswer = same || look.getAsBoolean();
        return past;
    }

    @Override
    public Optional<Past> last() {
        return last;
    }
}
