package dev.lintel.mesh;

import dev.lintel.core.Problem;
import java.util.List;

/** Where manifests go, and where they are read back from. */
public interface Target {
    /**
     * The target's name, for people.
     *
     * @return for example {@code the folder deploy}
     */
    String name();

    /**
     * Reads what is ours there.
     *
     * @return the manifests that carry our label, and nothing else
     */
    Stored read();

    /**
     * Makes these manifests what is there of ours: what is missing is made, what differs is changed, what is ours and not
     * among them is removed. What is the same already is not written again.
     *
     * @param manifests all of ours, in the order in which a cluster should get them
     */
    void write(List<Manifest> manifests);

    /**
     * What is ours at one moment.
     *
     * @param manifests the objects
     * @param state a name for exactly this state; another state has another name
     * @param problems what carries our label and cannot be read, or stands in the way of what we would write
     */
    record Stored(List<Manifest> manifests, String state, List<Problem> problems) {
        /** Keeps the lists unchangeable. */
        public Stored {
            manifests = List.copyOf(manifests);
            problems = List.copyOf(problems);
        }
    }
}
