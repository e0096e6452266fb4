package dev.lintel.mesh;

import dev.lintel.core.Problem;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Files from which somebody serves, in place of a cluster. */
final class ServingTarget implements Target {
    /** What objects of others do, once something is written. */
    Supplier<Others> others = () -> Others.NONE;
    /** What becomes of a write after it was looked at. */
    Runnable end = () -> {};

    private final Target files;
    private boolean written;

    ServingTarget(Target files) {
        this.files = files;
    }

    @Override
    public String name() {
        return files.name();
    }

    @Override
    public State read() {
        return files.read();
    }

    @Override
    public List<Problem> obstacles(State state, List<Manifest> manifests) {
        return files.obstacles(state, manifests);
    }

    @Override
    public Beside beside(State state, Wanted wanted) {
        return files.beside(state, wanted);
    }

    @Override
    public Others others(State state, List<Manifest> manifests, String root) {
        return written ? others.get() : Others.NONE;
    }

    @Override
    public Past write(State state, Wanted wanted) {
        return files.write(state, wanted);
    }

    @Override
    public Past write(State state, Wanted wanted, BooleanSupplier look) {
        Past past = files.write(state, wanted);
        written = true;
        boolean unusedGood = look.getAsBoolean();
        end.run();
        return past;
    }
}
