package dev.lintel.mesh;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Target.Beside;
import dev.lintel.mesh.Target.State;
import dev.lintel.mesh.Target.Wanted;
import java.util.List;

/** What a target was before a write, and how it becomes that again. */
public interface Past {
    /**
     * Why it cannot be put back: above all that the target is neither as the write has left it nor as it was before.
     *
     * @param now what is there
     * @return all reasons, empty if there is none
     */
    List<Problem> obstacles(State now);

    /**
     * All objects of ours that are there once it is put back.
     *
     * @param now what is there
     * @return what is kept included
     */
    List<Manifest> manifests(State now);

    /**
     * What else putting it back would change, and what should be known before it.
     *
     * @param now what is there
     * @return nothing, where objects are all there is
     */
    default Beside beside(State now) {
        return Beside.NOTHING;
    }

    /**
     * Puts it back, in the same order as every write.
     *
     * @param now what is there, as it was read before
     * @param wanted {@link #manifests} of that, and what they mean
     * @throws dev.lintel.core.ProblemsException if there are obstacles, or the target has changed; then nothing has changed
     */
    void restore(State now, Wanted wanted);
}
