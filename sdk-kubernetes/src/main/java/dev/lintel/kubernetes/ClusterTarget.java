package dev.lintel.kubernetes;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Past;
import dev.lintel.mesh.Repeated;
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
import java.util.function.Consumer;
import java.util.stream.Stream;
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

    /** The namespace of journals and leases, unless {@link #journalIn} says another. */
    public static final String JOURNALS = "lintel-system";

    private final String name;
    private final KubernetesClient client;
    private final Inventory inventory;
    private final ClusterChoices choices;
    private final OwnedFields fields;
    private final Json json;
    private final Transport transport;
    private final LiveObjects objects;
    private final ServerSideApply apply;
    private final Applying.Tools tools;
    /** As the cluster told them when it was last read. */
    private volatile @Nullable Schemas schemas;

    private ClusterTarget(KubernetesClient client, Inventory inventory, ClusterChoices choices) {
        this.client = client;
        this.inventory = inventory;
        this.choices = choices;
        this.name = "cluster " + client.getConfiguration().getMasterUrl() + inventory.suffix();
        this.json = new Json();
        this.transport = new Transport(client);
        this.fields = new OwnedFields(json);
        this.objects = new LiveObjects(transport, json);
        this.apply = new ServerSideApply(transport, json);
        ApplySettings settings = choices.settings();
        this.tools =
                new Applying.Tools(transport, json, settings, new JournalPlace(settings.namespace(), inventory.name()));
    }

    /**
     * The whole cluster that a client talks to: what is ours in it and in no definition is deleted, wherever it is.
     *
     * @param client stays the caller's, who closes it
     * @return the target, which takes no field from another manager, waits as it is usual, and tells nobody how far it is
     */
    public static ClusterTarget cluster(KubernetesClient client) {
        return new ClusterTarget(client, Inventory.UNNAMED, ClusterChoices.defaults());
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
        return new ClusterTarget(client, new Inventory(name), choices);
    }

    /**
     * The same cluster with another way for fields that another manager owns.
     *
     * @param choice what happens to them
     * @return a new target
     */
    public ClusterTarget onConflict(Conflicts choice) {
        return with(choices.with(Objects.requireNonNull(choice, "choice")));
    }

    /**
     * The same cluster with another patience between the steps of an apply.
     *
     * @param choice what is waited for, and how long
     * @return a new target
     */
    public ClusterTarget waiting(Waits choice) {
        return with(choices.with(Objects.requireNonNull(choice, "choice")));
    }

    /**
     * The same cluster with somebody who is told how far an apply has come.
     *
     * @param told gets each line, for example {@code 3/7 VirtualService shop/orders: applied}, in the thread that applies
     * @return a new target
     */
    public ClusterTarget onProgress(Consumer<String> told) {
        return with(choices.with(Objects.requireNonNull(told, "told")));
    }

    /**
     * The same cluster with its journal and its lease elsewhere. Programs that share an inventory must agree on this.
     *
     * @param namespace made if it is not there; {@value #JOURNALS} otherwise
     * @return a new target
     * @throws IllegalArgumentException if it is no name of a namespace
     */
    public ClusterTarget journalIn(String namespace) {
        return with(choices.settings().in(namespace));
    }

    /**
     * The same cluster with a name for who applies, which others are told meanwhile and after a crash.
     *
     * @param who 1 to 200 characters on one line, for example {@code pipeline 4711}; user, host and process otherwise
     * @return a new target
     * @throws IllegalArgumentException if it is none of that
     */
    public ClusterTarget by(String who) {
        return with(choices.settings().as(who));
    }

    ClusterTarget with(ApplySettings other) {
        return with(choices.with(other));
    }

    private ClusterTarget with(ClusterChoices other) {
        return new ClusterTarget(client, inventory, other);
    }

    ApplySettings settings() {
        return choices.settings();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public State read() {
        List<Manifest> said = new ArrayList<>();
        List<Manifest> keeps = new ArrayList<>();
        List<Manifest> inForce = new ArrayList<>();
        Schemas told = Schemas.read(ObjectKind.ALL, transport, json);
        schemas = told;
        LiveObjects.Found found = objects.all(told.kinds(), inventory.selector());
        List<Problem> problems = new ArrayList<>(found.problems());
        for (LiveObject live : found.objects()) {
            try {
                Manifest ours = inventory.removed(live.owned(fields, MANAGER).orElseGet(() -> bare(live)));
                Manifest keep = kept(ours);
                inForce.add(inventory.removed(live.manifest()));
                said.add(ours);
                keeps.add(keep);
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(
                        "cluster.unread",
                        live.kind().kind() + " " + live.namespace() + "/" + live.name(),
                        String.valueOf(e.getMessage()),
                        "mend it, or take our label from it",
                        Origin.unknown()));
            }
        }
        return new State(StateName.of(inForce), said, keeps, inForce, problems);
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

    Manifest kept(Manifest manifest) {
        Schemas known = schemas;
        if (known == null) {
            known = Schemas.read(ObjectKind.ALL, transport, json);
            schemas = known;
        }
        Optional<ObjectKind> kind = ObjectKind.of(manifest);
        return kind.isPresent() ? manifest.withSpec(known.of(kind.get()).defaulted(manifest.spec())) : manifest;
    }

    @Override
    public Settled settled(State state, List<Manifest> manifests) {
        Set<String> ours = new LinkedHashSet<>();
        state.inForce().forEach(each -> ours.add(each.id()));
        List<Manifest> changed = changed(state, manifests).stream()
                .filter(each -> ours.contains(each.id()))
                .toList();
        Yielding yielding = new Yielding(apply, json);
        return switch (choices.conflicts()) {
            case REFUSE -> new Settled(state, manifests, List.of());
            case TAKE_OVER -> new Settled(state, manifests, yielding.taken(changed, inventory));
            case YIELD -> yielding.settled(state, manifests, changed, inventory);
        };
    }

    @Override
    public List<Manifest> after(State state, List<Manifest> manifests) {
        return OthersFields.kept(state, manifests);
    }

    @Override
    public List<Problem> obstacles(State state, List<Manifest> manifests) {
        if (!state.problems().isEmpty()) {
            // What is there is not known, and so is not what would change.
            return List.of();
        }
        List<Manifest> changed = changed(state, manifests);
        List<Problem> problems = new ArrayList<>(taken(state, changed));
        Set<String> told = new LinkedHashSet<>();
        problems.forEach(problem -> told.add(problem.path()));
        problems.addAll(apply.rehearse(
                inventory.added(changed.stream()
                        .filter(each -> !told.contains(each.id()))
                        .toList()),
                choices.conflicts()));
        List<Manifest> gone = gone(state, manifests);
        problems.addAll(apply.rehearseDeletion(gone));
        if (!changed.isEmpty() || !gone.isEmpty()) {
            problems.addAll(JournalRights.missing(tools));
        }
        if (!choices.waits().isNone()) {
            problems.addAll(new ReadyEndpoints(transport, json).forbidden(Share.of(changed, manifests)));
        }
        return problems;
    }

    /** Names under which somebody else has put an object already. */
    private List<Problem> taken(State state, List<Manifest> changed) {
        Set<String> ours = new LinkedHashSet<>();
        state.inForce().forEach(each -> ours.add(each.id()));
        List<Manifest> made =
                changed.stream().filter(each -> !ours.contains(each.id())).toList();
        List<Problem> problems = new ArrayList<>();
        List<Optional<LiveObject>> found = objects.named(made);
        for (int i = 0; i < made.size(); i++) {
            if (found.get(i).isPresent()) {
                problems.add(inventory.foreign(found.get(i).get().manifest()));
            }
        }
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
    public Beside beside(State state, Wanted wanted) {
        List<Problem> warnings = new ArrayList<>(JournalWarnings.of(tools));
        warnings.addAll(JournalWarnings.tooLarge(
                tools, state, changed(state, wanted.manifests()), gone(state, wanted.manifests())));
        warnings.addAll(steps(state, wanted.manifests()).gaps());
        return new Beside(List.of(), warnings);
    }

    @Override
    @CanIgnoreReturnValue
    public Past write(State state, Wanted wanted) {
        return write(state, wanted, null);
    }

    void restore(State state, Wanted wanted, String undoes) {
        write(state, wanted, undoes);
    }

    @CanIgnoreReturnValue
    private Past write(State state, Wanted wanted, @Nullable String undoes) {
        List<Problem> problems = new ArrayList<>(state.problems());
        problems.addAll(obstacles(state, wanted.manifests()));
        if (!problems.isEmpty()) {
            throw new ProblemsException(name, problems);
        }
        Steps steps = steps(state, wanted.manifests());
        if (steps.steps().isEmpty() && tools.isClosed()) {
            return new ClusterPast(this, tools, "", "", List.of());
        }
        Barrier barrier = barrier(state, wanted, steps);
        Applying.Task task = new Applying.Task(
                state.base(),
                JournalEntry.of(state, steps.steps(), this::kept),
                steps.steps().size(),
                undoes);
        try (Applying applying = Applying.begin(tools, task, () -> unmoved(state))) {
            for (Step step : steps.steps()) {
                barrier.before(step);
                barrier.after(step, applying.step(step.label(), () -> write(step)));
            }
            barrier.end();
            return ClusterPast.of(this, tools, applying.end());
        }
    }

    private List<LiveObject> write(Step step) {
        return switch (step.doing()) {
            case APPLY -> apply.apply(inventory.added(step.manifests()), choices.conflicts());
            case DELETE -> {
                apply.delete(step.manifests());
                yield List.of();
            }
        };
    }

    private Barrier barrier(State state, Wanted wanted, Steps steps) {
        int objects =
                steps.steps().stream().mapToInt(step -> step.manifests().size()).sum();
        return new Barrier(
                name,
                choices.waits(),
                steps,
                Stream.concat(state.inForce().stream(), wanted.manifests().stream())
                        .toList(),
                transport,
                json,
                new Progress(choices.listener(), objects),
                Pauses.REAL);
    }

    /** Somebody else may have applied between the reading and the lease. */
    private void unmoved(State state) {
        String base = read().base();
        if (!base.equals(state.base())) {
            throw new ProblemsException(
                    name,
                    List.of(new Problem(
                            "plan.stale",
                            name,
                            "was at '" + state.base() + "', but is at '" + base + "' now that it may be written",
                            "plan again, and read what has changed",
                            Origin.unknown())));
        }
    }

    @Override
    public Optional<Past> last() {
        return tools.journal()
                .read()
                .filter(said -> !said.state().equals(ApplyJournal.ROLLED_BACK))
                .map(said -> ClusterPast.of(this, tools, said));
    }

    /** What has not changed stands on both sides as it is in force. */
    private Steps steps(State state, List<Manifest> manifests) {
        Map<String, Manifest> after = new LinkedHashMap<>();
        state.inForce().forEach(each -> after.put(Repeated.key(each), each));
        after.keySet().retainAll(manifests.stream().map(Repeated::key).toList());
        changed(state, manifests).forEach(each -> after.put(Repeated.key(each), each));
        return Steps.between(state.inForce(), List.copyOf(after.values()));
    }

    private static List<Manifest> gone(State state, List<Manifest> manifests) {
        Set<String> kept = new LinkedHashSet<>();
        manifests.forEach(each -> kept.add(each.id()));
        return state.inForce().stream()
                .filter(each -> !kept.contains(each.id()))
                .toList();
    }
}
