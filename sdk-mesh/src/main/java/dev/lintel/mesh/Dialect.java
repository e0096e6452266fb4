package dev.lintel.mesh;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.World;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Deviation;
import dev.lintel.core.plan.Guarantee;
import dev.lintel.mesh.capability.Capability;
import dev.lintel.mesh.capability.Feature;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a world says what a model means: a pure function from a model to manifests, and its inverse. The same model gives
 * the same manifests on every JVM and every run. Nothing is dropped: what cannot be said is a problem.
 */
public interface Dialect {
    /**
     * The dialect's name, for people.
     *
     * @return for example {@code istio}
     */
    String name();

    /**
     * What is known before any definition is read.
     *
     * @return the world in which hosts are made
     */
    World world();

    /**
     * The namespace whose objects are for the whole mesh.
     *
     * @return {@code istio-system}, unless a dialect knows better
     */
    default String rootNamespace() {
        return "istio-system";
    }

    /**
     * Writes what a model means.
     *
     * @param model the model of all definitions of this world
     * @return the manifests, in an order in which applying them one by one neither opens what is to be closed nor points
     *     at what is not there yet
     */
    Written write(MeshModel model);

    /**
     * Reads what manifests mean.
     *
     * @param manifests objects of this dialect, in any order
     * @return a model that decides as the world would
     */
    Read read(Collection<Manifest> manifests);

    /**
     * Whether a deviation matters to one request. A world has many that are about other requests than the one that is asked
     * about.
     *
     * @param deviation one that this dialect has told about the request's API
     * @param request the request and how it is decided
     * @return true if what comes of the request may be otherwise because of it, which it may unless a dialect knows better
     */
    default boolean concerns(Deviation deviation, Decided request) {
        return true;
    }

    /**
     * Prerequisites that are news where an object changes that asks for them, and told already where none does: what a change
     * asks of callers and workloads, and not of a mesh that somebody may set otherwise later.
     *
     * @return codes of problems whose path is the id of an API, and the kinds of the objects that ask for each
     */
    default Map<String, Set<String>> toldOfChanges() {
        return Map.of(
                "istio.strict-mtls", Set.of("PeerAuthentication"),
                "istio.subset", Set.of("DestinationRule"));
    }

    /**
     * What this dialect can do, in the version for which it writes: every {@link Feature} exactly once.
     *
     * @return in the order of the features
     */
    List<Capability> capabilities();

    /**
     * What came of writing.
     *
     * @param manifests what says the model
     * @param problems what this dialect cannot say; the manifests are of no use if there is any
     * @param prerequisites what must be so in the world for the manifests to mean what the model means
     * @param deviations where the world answers differently, as far as the model touches it
     * @param guarantees what is promised about requests, and how hard each promise is
     */
    record Written(
            List<Manifest> manifests,
            List<Problem> problems,
            List<Problem> prerequisites,
            List<Deviation> deviations,
            List<Guarantee> guarantees) {
        /** Keeps the lists unchangeable. */
        public Written {
            manifests = List.copyOf(manifests);
            problems = List.copyOf(problems);
            prerequisites = List.copyOf(prerequisites);
            deviations = List.copyOf(deviations);
            guarantees = List.copyOf(guarantees);
        }
    }

    /**
     * What came of reading.
     *
     * @param model what the manifests mean, as far as they could be read
     * @param problems what could not be read
     */
    record Read(MeshModel model, List<Problem> problems) {
        /** Keeps the problems unchangeable. */
        public Read {
            problems = List.copyOf(problems);
        }
    }
}
