package dev.lintel.kubernetes;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.function.Consumer;

/** Tells how far an apply has come, one line at a time, to whoever wants to know. */
final class Progress {
    private final Consumer<String> listener;
    private final int all;
    private int done;

    /**
     * At the beginning.
     *
     * @param all so many objects are written or deleted altogether
     */
    Progress(Consumer<String> listener, int all) {
        this.listener = listener;
        this.all = all;
    }

    /** The lease is taken and all is looked at: from here on something may be written. */
    void begin() {
        if (all > 0) {
            listener.accept("writing " + all + (all == 1 ? " object" : " objects"));
        }
    }

    void done(List<Manifest> manifests, String what) {
        for (Manifest each : manifests) {
            done++;
            listener.accept(done + "/" + all + " " + each.id() + ": " + what);
        }
    }

    void say(String line) {
        listener.accept(line);
    }
}
