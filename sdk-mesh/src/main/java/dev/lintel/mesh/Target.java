package dev.lintel.mesh;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Problem;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Change;
import java.util.List;
import java.util.Optional;

/** Where manifests go: a directory, a cluster. What does not carry our label is never touched. */
public interface Target {
    /**
     * The target's name, for people and to tell plans for different targets apart.
     *
     * @return for example {@code directory gitops}
     */
    String name();

    /**
     * Reads what is there of ours. Changes nothing.
     *
     * @return the state of the target
     */
    State read();

    /**
     * Why some manifests cannot be put here.
     *
     * @param state what is there, as it was read before
     * @param manifests what is to be there
     * @return all reasons, empty if there is none
     */
    List<Problem> obstacles(State state, List<Manifest> manifests);

    /**
     * Some manifests as this target keeps them: an apiserver puts values where none is said. Two that are kept alike are
     * no change.
     *
     * @param manifests what is to be there
     * @return the same objects in their order
     */
    default List<Manifest> kept(List<Manifest> manifests) {
        return manifests;
    }

    /**
     * What a write is going to say: a target may leave to others what others own.
     *
     * @param state what is there, as it was read before, without problems
     * @param manifests what is to be there
     * @return everything, for a target that is ours alone
     */
    default Settled settled(State state, List<Manifest> manifests) {
        return new Settled(state, manifests, List.of());
    }

    /**
     * What objects would say after a write: where others say something in objects of ours, they go on doing so.
     *
     * @param state what is there, as it was read before
     * @param manifests what is to be there
     * @return the same objects with what others say in them
     */
    default List<Manifest> after(State state, List<Manifest> manifests) {
        return manifests;
    }

    /**
     * What else a write would change, and what should be known before it: all that does not show in the objects.
     *
     * @param state what is there, as it was read before
     * @param wanted what is to be there
     * @return nothing, for a target that holds objects and nothing else
     */
    default Beside beside(State state, Wanted wanted) {
        return Beside.NOTHING;
    }

    /**
     * Makes some manifests all that is there of ours. What is there already is left as it is.
     *
     * @param state what is there, as it was read before
     * @param wanted what is to be there
     * @return what was there before
     * @throws dev.lintel.core.ProblemsException if there are obstacles; then nothing has changed
     * @throws java.io.UncheckedIOException if the target cannot be reached; a new plan continues
     */
    @CanIgnoreReturnValue
    Past write(State state, Wanted wanted);

    /**
     * What was there before the last write that this target has noted, whoever wrote.
     *
     * @return empty for a target that notes none, as files do not: what was there is in their history
     */
    default Optional<Past> last() {
        return Optional.empty();
    }

    /**
     * What is to be there.
     *
     * @param manifests all objects that are to carry our label
     * @param model what they mean, with the lines that said it
     */
    record Wanted(List<Manifest> manifests, MeshModel model) {
        /** Keeps the list unchangeable. */
        public Wanted {
            manifests = List.copyOf(manifests);
        }
    }

    /**
     * What a write is going to say.
     *
     * @param state what is there, without what we no longer claim to have said
     * @param manifests what is to be there, without what is left to others
     * @param warnings what should be known of it
     */
    record Settled(State state, List<Manifest> manifests, List<Problem> warnings) {
        /** Keeps the lists unchangeable. */
        public Settled {
            manifests = List.copyOf(manifests);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * What a write is about beside objects.
     *
     * @param changes of what holds the objects, for example {@code file kustomization.yaml}; whatever a write changes is
     *     told here or by a change of an object
     * @param warnings what should be known before it is written
     */
    record Beside(List<Change> changes, List<Problem> warnings) {
        /** There is nothing to tell. */
        public static final Beside NOTHING = new Beside(List.of(), List.of());

        /** Keeps the lists unchangeable. */
        public Beside {
            changes = List.copyOf(changes);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * What is there of ours.
     *
     * @param base names this state; equal states have equal names
     * @param said all objects that carry our label, with what we have said in them, to the word
     * @param manifests the same as the target keeps it
     * @param inForce the same objects with what others have said in them as well: what the mesh goes by
     * @param problems what keeps the state from being understood; nothing may be written while there are any
     */
    record State(
            String base,
            List<Manifest> said,
            List<Manifest> manifests,
            List<Manifest> inForce,
            List<Problem> problems) {
        /** Keeps the lists unchangeable. */
        public State {
            said = List.copyOf(said);
            manifests = List.copyOf(manifests);
            inForce = List.copyOf(inForce);
            problems = List.copyOf(problems);
        }

        /**
         * The state of a target in which nobody else says anything in our objects.
         *
         * @param base names this state
         * @param manifests all objects that carry our label
         * @param problems what keeps the state from being understood
         */
        public State(String base, List<Manifest> manifests, List<Problem> problems) {
            this(base, manifests, manifests, manifests, problems);
        }
    }
}
