package dev.lintel.mesh;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Hand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

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
     * Whether what must be so for manifests to mean what they are meant to is so here.
     *
     * @param wanted what is to be there, and what it means
     * @param prerequisites what must be so, as their dialect says it
     * @return the prerequisites as warnings, for a target that cannot tell
     */
    default Judged judge(Wanted wanted, List<Problem> prerequisites) {
        return new Judged(List.of(), prerequisites);
    }

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
     * What objects of others do to some manifests: nothing of ours tells it.
     *
     * @param state what is there, as it was read before
     * @param manifests what is to be there
     * @param root the namespace whose objects are for the whole mesh
     * @return nothing, for a target that holds nothing but ours
     */
    default Others others(State state, List<Manifest> manifests, String root) {
        return Others.NONE;
    }

    /**
     * Who has said what differs.
     *
     * @param questions objects, each with the fields that are asked about
     * @return an answer for each, in their order; nothing, for a target that does not know
     */
    default List<Witness> witnesses(List<Question> questions) {
        return questions.stream().map(question -> Witness.NONE).toList();
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
     * The same, with a last look before it counts as done. Where the answer is no, it does not: what was written stays, as after
     * a crash, until it is finished or taken back.
     *
     * @param state what is there, as it was read before
     * @param wanted what is to be there
     * @param look asked once when all is written, while nobody else of us may write; not asked where nothing was to be written
     * @return what was there before
     * @throws dev.lintel.core.ProblemsException if there are obstacles, or nobody serves from here; then nothing has changed
     */
    @CanIgnoreReturnValue
    default Past write(State state, Wanted wanted, BooleanSupplier look) {
        throw new ProblemsException(
                name(),
                List.of(new Problem(
                        "verify.nowhere",
                        name(),
                        "cannot be verified: nobody serves from what is written here",
                        "apply without verifiedBy(…), and verify where it is applied to a cluster",
                        Origin.unknown())));
    }

    /**
     * What was there before the last write that this target has noted, whoever wrote.
     *
     * @return empty for a target that notes none, as files do not: what was there is in their history
     */
    default Optional<Past> last() {
        return Optional.empty();
    }

    /**
     * What a target is like.
     *
     * @param problems what would make manifests mean something else here
     * @param warnings what should be known, prerequisites that nobody has looked at included
     */
    record Judged(List<Problem> problems, List<Problem> warnings) {
        /** Keeps the lists unchangeable. */
        public Judged {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
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
     * What objects of others do.
     *
     * @param opened what they open that ours close
     * @param warnings what should be known besides
     * @param problems what keeps them from being looked at
     * @param routes hosts for which they have routes, also with a {@code *} in front, and the object of each
     */
    record Others(List<Problem> opened, List<Problem> warnings, List<Problem> problems, Map<String, String> routes) {
        /** There is nothing to tell. */
        public static final Others NONE = new Others(List.of(), List.of(), List.of());

        /** Keeps the lists unchangeable. */
        public Others {
            opened = List.copyOf(opened);
            warnings = List.copyOf(warnings);
            problems = List.copyOf(problems);
            routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
        }

        /**
         * What objects of others do that have no routes.
         *
         * @param opened what they open that ours close
         * @param warnings what should be known besides
         * @param problems what keeps them from being looked at
         */
        public Others(List<Problem> opened, List<Problem> warnings, List<Problem> problems) {
            this(opened, warnings, problems, Map.of());
        }

        /**
         * Tells apart what is opened.
         *
         * @param told all that is found
         * @param opens the code of what is opened
         * @return the same in two lists
         */
        public static Others of(List<Problem> told, String opens) {
            return new Others(
                    told.stream().filter(one -> one.code().equals(opens)).toList(),
                    told.stream().filter(one -> !one.code().equals(opens)).toList(),
                    List.of());
        }

        /**
         * What should be known before something is written.
         *
         * @return what is opened, then the rest
         */
        public List<Problem> told() {
            List<Problem> all = new ArrayList<>(opened);
            all.addAll(warnings);
            return all;
        }
    }

    /**
     * What is asked about an object.
     *
     * @param object as it is to be, or as it is where it is not to be
     * @param fields names from the root of the object down, for example {@code spec}, {@code rules}; empty for all of it
     */
    record Question(Manifest object, List<List<String>> fields) {
        /** Keeps the list unchangeable. */
        public Question {
            fields = List.copyOf(fields);
        }
    }

    /**
     * What is known about an object.
     *
     * @param hands who has said what was asked about
     * @param note what else is known; empty if nothing is
     */
    record Witness(List<Hand> hands, String note) {
        /** Nothing is known. */
        public static final Witness NONE = new Witness(List.of(), "");

        /** Keeps the list unchangeable. */
        public Witness {
            hands = List.copyOf(hands);
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
