package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target;
import dev.lintel.mesh.steps.Step;
import dev.lintel.mesh.steps.Steps;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster: what is written goes there by server-side apply, field manager {@code lintel}, and what is ours in it is found
 * by the label {@code app.kubernetes.io/managed-by: lintel}.
 *
 * <p>Fields that others have set in our objects stay theirs, and count in what a plan says about requests. A field that we
 * want and another manager owns is a conflict, which the plan names, unless {@link Conflicts} says otherwise. What has not
 * changed is not written. Objects of others are never touched.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/server-side-apply/">Kubernetes: server-side apply</a>
 */
public final class ClusterTarget implements Target {
    /** The field manager of everything that is written. */
    public static final String MANAGER = "lintel";

    private static final String FORBIDDEN = "cluster.forbidden";

    private final String name;
    private final KubernetesClient client;
    private final Inventory inventory;
    private final Conflicts conflicts;
    private final OwnedFields fields;
    private final Json json;
    private final Transport transport;
    private final LiveObjects objects;
    private final ServerSideApply apply;
    /** As the cluster told them when it was last read. */
    private volatile @Nullable Schemas schemas;

    private ClusterTarget(KubernetesClient client, Inventory inventory, Conflicts conflicts) {
        this.client = client;
        this.inventory = inventory;
        this.conflicts = conflicts;
        this.name = "cluster " + client.getConfiguration().getMasterUrl() + inventory.suffix();
        this.json = new Json();
        this.transport = new Transport(client);
        this.fields = new OwnedFields(json);
        this.objects = new LiveObjects(transport, json);
        this.apply = new ServerSideApply(transport, json);
    }

    /**
     * The whole cluster that a client talks to: what is ours in it and in no definition is deleted, wherever it is.
     *
     * @param client stays the caller's, who closes it
     * @return the target, which takes no field from another manager
     */
    public static ClusterTarget cluster(KubernetesClient client) {
        return new ClusterTarget(client, Inventory.UNNAMED, Conflicts.REFUSE);
    }

    /**
     * The same cluster for one of several programs with definitions of their own: what is ours in another inventory is not
     * read, not changed and not deleted.
     *
     * @param name at most 63 characters, as values of labels have them; it is the label {@code lintel.dev/inventory}
     * @return a new target
     * @throws IllegalArgumentException if it is no value of a label
     */
    public ClusterTarget inventory(String name) {
        return new ClusterTarget(client, new Inventory(name), conflicts);
    }

    /**
     * The same cluster with another way for fields that another manager owns.
     *
     * @param choice what happens to them
     * @return a new target
     */
    public ClusterTarget onConflict(Conflicts choice) {
        return new ClusterTarget(client, inventory, Objects.requireNonNull(choice, "choice"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public State read() {
        List<Manifest> said = new ArrayList<>();
        List<Manifest> inForce = new ArrayList<>();
        Schemas told = Schemas.read(ObjectKind.READ, transport, json);
        schemas = told;
        LiveObjects.Found found = objects.all(told.known(ObjectKind.ALL), inventory.selector());
        List<Problem> problems = new ArrayList<>(found.problems());
        for (LiveObject live : found.objects()) {
            try {
                inForce.add(inventory.removed(live.manifest()));
                said.add(kept(inventory.removed(live.owned(fields, MANAGER).orElseGet(() -> bare(live)))));
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(
                        "cluster.unread",
                        live.kind().kind() + " " + live.namespace() + "/" + live.name(),
                        String.valueOf(e.getMessage()),
                        "mend it, or take our label from it",
                        Origin.unknown()));
            }
        }
        return new State(StateName.of(inForce), said, inForce, problems);
    }

    /** An object that carries our label and in which we have said nothing: somebody else's tool has put it there. */
    private static Manifest bare(LiveObject live) {
        return new Manifest(
                live.kind().apiVersion(),
                live.kind().kind(),
                live.namespace(),
                live.name(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    @Override
    public List<Manifest> kept(List<Manifest> manifests) {
        return manifests.stream().map(this::kept).toList();
    }

    private Manifest kept(Manifest manifest) {
        Optional<ObjectKind> kind = ObjectKind.of(manifest);
        return kind.isPresent() ? manifest.withSpec(schemas().of(kind.get()).defaulted(manifest.spec())) : manifest;
    }

    private Schemas schemas() {
        Schemas known = schemas;
        if (known == null) {
            known = Schemas.read(ObjectKind.READ, transport, json);
            schemas = known;
        }
        return known;
    }

    @Override
    public List<Manifest> after(State state, List<Manifest> manifests) {
        return OthersFields.kept(state, manifests);
    }

    @Override
    public Others others(State state, List<Manifest> manifests) {
        return new Neighbourhood(objects, inventory).of(schemas().known(ObjectKind.BESIDE), manifests);
    }

    @Override
    public List<Witness> witnesses(List<Question> questions) {
        Witnesses witnesses = new Witnesses(inventory);
        List<Optional<LiveObject>> there =
                objects.named(questions.stream().map(Question::object).toList()).objects();
        return IntStream.range(0, questions.size())
                .mapToObj(i -> witnesses.of(questions.get(i), there.get(i)))
                .toList();
    }

    @Override
    public List<Problem> obstacles(State state, List<Manifest> manifests) {
        if (!state.problems().isEmpty()) {
            // What is there is not known, and so is not what would change; but what any change takes is.
            return state.problems().stream().allMatch(problem -> problem.code().equals(FORBIDDEN))
                    ? new Permissions(transport, json).missing(unread(state, manifests))
                    : List.of();
        }
        List<Manifest> changed = changed(state, manifests);
        List<Problem> problems = new ArrayList<>(taken(state, changed));
        Set<String> told = new LinkedHashSet<>();
        problems.stream()
                .filter(problem -> !problem.code().equals(FORBIDDEN))
                .forEach(problem -> told.add(problem.path()));
        problems.addAll(apply.rehearse(
                inventory.added(changed.stream()
                        .filter(each -> !told.contains(each.id()))
                        .toList()),
                conflicts));
        problems.addAll(apply.rehearseDeletion(gone(state, manifests)));
        return problems;
    }

    /** What it may take to apply to a cluster of which some kinds may not be listed; that itself is told already. */
    private Rights unread(State state, List<Manifest> manifests) {
        Set<String> unlisted = new LinkedHashSet<>();
        state.problems().forEach(problem -> unlisted.add(problem.path()));
        Set<String> there = ids(state.inForce());
        List<Manifest> changed = changed(state, manifests);
        return Rights.of(
                schemas().known(ObjectKind.BESIDE).stream()
                        .filter(kind -> !unlisted.contains(kind.plural()))
                        .toList(),
                changed.stream().filter(each -> !there.contains(each.id())).toList(),
                changed.stream().filter(each -> there.contains(each.id())).toList(),
                gone(state, manifests));
    }

    /**
     * What an account must be allowed to do in order to plan and to apply some manifests as the cluster is now, and nothing
     * else. The account of this client must be allowed to read; another one can be given the rights.
     *
     * @param manifests all that is to be there, as {@link dev.lintel.mesh.Mesh#manifests} says
     * @return what prints as Roles
     * @throws ProblemsException if the cluster cannot be read
     */
    public Rights rights(List<Manifest> manifests) {
        State state = read();
        if (!state.problems().isEmpty()) {
            throw new ProblemsException(name, state.problems());
        }
        Set<String> there = ids(state.inForce());
        List<Manifest> changed = changed(state, manifests);
        return Rights.of(
                schemas().known(ObjectKind.READ),
                changed.stream().filter(each -> !there.contains(each.id())).toList(),
                changed.stream().filter(each -> there.contains(each.id())).toList(),
                gone(state, manifests));
    }

    private static Set<String> ids(List<Manifest> manifests) {
        Set<String> ids = new LinkedHashSet<>();
        manifests.forEach(each -> ids.add(each.id()));
        return ids;
    }

    /** Names under which somebody else has put an object already. */
    private List<Problem> taken(State state, List<Manifest> changed) {
        Set<String> ours = ids(state.inForce());
        List<Manifest> made =
                changed.stream().filter(each -> !ours.contains(each.id())).toList();
        List<Problem> problems = new ArrayList<>();
        LiveObjects.Named named = objects.named(made);
        named.objects().forEach(there -> there.ifPresent(live -> problems.add(inventory.foreign(live.manifest()))));
        problems.addAll(named.problems());
        return problems;
    }

    private List<Manifest> changed(State state, List<Manifest> manifests) {
        Map<String, Manifest> there = new LinkedHashMap<>();
        state.manifests().forEach(each -> there.put(each.id(), each));
        return manifests.stream()
                .filter(each -> !kept(each).equals(there.get(each.id())))
                .toList();
    }

    @Override
    public void write(State state, Wanted wanted) {
        List<Problem> problems = new ArrayList<>(state.problems());
        problems.addAll(obstacles(state, wanted.manifests()));
        if (!problems.isEmpty()) {
            throw new ProblemsException(name, problems);
        }
        for (Step step : steps(state, wanted).steps()) {
            switch (step.doing()) {
                case APPLY -> apply.apply(inventory.added(step.manifests()), conflicts);
                case DELETE -> apply.delete(step.manifests());
            }
        }
    }

    /** What has not changed stands on both sides as it is in force. */
    private Steps steps(State state, Wanted wanted) {
        Map<String, Manifest> after = new LinkedHashMap<>();
        state.inForce().forEach(each -> after.put(each.id(), each));
        after.keySet().retainAll(wanted.manifests().stream().map(Manifest::id).toList());
        changed(state, wanted.manifests()).forEach(each -> after.put(each.id(), each));
        return Steps.between(wanted.dialect(), state.inForce(), List.copyOf(after.values()));
    }

    private static List<Manifest> gone(State state, List<Manifest> manifests) {
        Set<String> kept = ids(manifests);
        return state.inForce().stream()
                .filter(each -> !kept.contains(each.id()))
                .toList();
    }
}
