package dev.lintel.kubernetes;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.kubernetes.ApplyJournal.Said;
import dev.lintel.kubernetes.preflight.ClusterReader;
import dev.lintel.kubernetes.preflight.Preflight;
import dev.lintel.kubernetes.preflight.PreflightReport;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.Past;
import dev.lintel.mesh.Target;
import dev.lintel.mesh.raw.RawFields;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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

    /** The namespace of journals and leases, unless {@link #journalIn} says another. */
    public static final String JOURNALS = "lintel-system";

    private final String name;
    private final KubernetesClient client;
    private final Inventory inventory;
    private final ClusterChoices choices;
    private final Json json;
    private final LiveObjects objects;
    private final ServerSideApply apply;
    private final Applying.Tools tools;
    private final ClusterReading reading;
    private final Rehearsal rehearsal;

    private ClusterTarget(KubernetesClient client, Inventory inventory, ClusterChoices choices) {
        this.client = client;
        this.inventory = inventory;
        this.choices = choices;
        this.name = "cluster " + client.getConfiguration().getMasterUrl() + inventory.suffix();
        this.json = new Json();
        Transport transport = new Transport(client);
        this.objects = new LiveObjects(transport, json);
        this.apply = new ServerSideApply(transport, json);
        this.reading = new ClusterReading(inventory, transport, json);
        ApplySettings settings = choices.settings();
        this.rehearsal = new Rehearsal(settings.pauses());
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
     * @param told gets each line, for example {@code 3/7 VirtualService shop/orders: applied}, in the thread that applies; the
     *     first one, such as {@code writing 7 objects}, before anything is written
     * @return a new target
     */
    public ClusterTarget onProgress(Consumer<String> told) {
        return with(choices.with(Objects.requireNonNull(told, "told")));
    }

    /**
     * The same cluster, which every plan looks at before: what would make objects mean something else there is a problem of
     * the plan, and a prerequisite that is met is not told.
     *
     * @param choice what is looked at, for example {@code Preflight.preflight()}
     * @return a new target
     */
    public ClusterTarget preflight(Preflight choice) {
        return with(choices.with(Objects.requireNonNull(choice, "choice")));
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

    /**
     * Looks at the cluster alone, as for a step of a pipeline before any plan.
     *
     * @param dialect what would be written
     * @param definitions all of them
     * @return everything that was found, what the dialect refuses included
     * @throws UnreachableException if the cluster gives no answer
     */
    public PreflightReport check(Dialect dialect, Collection<? extends Definition> definitions) {
        ModelCompiler.Compiled compiled = new ModelCompiler(Kinds.installed()).compile(definitions, dialect.world());
        Dialect.Written written = RawFields.write(dialect, compiled.model());
        Preflight chosen = choices.preflight();
        return (chosen == null ? Preflight.preflight() : chosen)
                .check(reader(), new Wanted(written.manifests(), compiled.model()), written.prerequisites())
                .with(compiled.problems())
                .with(written.problems())
                .with(PrunedFields.of(written.manifests(), reading.schemas()));
    }

    private ClusterReader reader() {
        return new TransportReader(tools.transport(), json);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public State read() {
        return reading.read();
    }

    @Override
    public List<Manifest> kept(List<Manifest> manifests) {
        return manifests.stream().map(reading::kept).toList();
    }

    @Override
    public Settled settled(State state, List<Manifest> manifests) {
        Set<String> ours = new LinkedHashSet<>();
        state.inForce().forEach(each -> ours.add(each.id()));
        List<Manifest> changed = reading.changed(state, manifests).stream()
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
    public Judged judge(Wanted wanted, List<Problem> prerequisites) {
        Preflight preflight = choices.preflight();
        if (preflight == null) {
            return new Judged(List.of(), prerequisites);
        }
        PreflightReport report = preflight.check(reader(), wanted, prerequisites);
        List<Problem> warnings = new ArrayList<>(report.unjudged(prerequisites));
        warnings.addAll(report.warnings());
        return new Judged(report.problems(), warnings);
    }

    @Override
    public List<Manifest> after(State state, List<Manifest> manifests) {
        return OthersFields.kept(state, manifests);
    }

    @Override
    public Others others(State state, List<Manifest> manifests, String root) {
        return new Neighbourhood(objects, inventory).of(reading.schemas().known(ObjectKind.BESIDE), manifests, root);
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
        List<Problem> problems = new ArrayList<>(FirstThere.problems(tools, inventory));
        problems.addAll(asked(state, manifests));
        return problems;
    }

    /** Why these would not be taken, whoever was first where they are. */
    List<Problem> asked(State state, List<Manifest> manifests) {
        List<Problem> problems = asking().of(state, manifests);
        if (problems.isEmpty() && state.problems().isEmpty()) {
            rehearsal.passed(state, manifests);
        }
        return problems;
    }

    private ClusterObstacles asking() {
        return new ClusterObstacles(reading, inventory, choices, tools, apply);
    }

    /**
     * Watches this cluster, and tells of drift when it happens.
     *
     * @param mesh on this target
     * @param definitions what was applied, all of it
     * @param every how long changes are gathered before they are looked at together, for example a second; looking reads all
     *     that is ours
     * @param executor looks, and tells the listener; it stays the caller's
     * @param listener is told, first of what has drifted already
     * @return to be closed
     */
    public DriftWatcher watch(
            Mesh mesh,
            Collection<? extends Definition> definitions,
            Duration every,
            Executor executor,
            DriftListener listener) {
        DriftWatcher watcher = new DriftWatcher(
                mesh::diff,
                told -> new KindWatches(inventory, tools.transport(), json, Pauses.REAL, told),
                Pauses.REAL,
                every,
                executor,
                listener,
                definitions);
        watcher.start();
        return watcher;
    }

    /**
     * What an account must be allowed to do in order to plan and to apply some manifests as the cluster is now, its preflight
     * included, and nothing else: only reading, where there is nothing to apply. The account of this client must be allowed to read; another one can
     * be given the rights.
     *
     * @param manifests all that is to be there, as {@link dev.lintel.mesh.Mesh#manifests} says
     * @return what prints as Roles
     * @throws ProblemsException if the cluster cannot be read
     */
    public Rights rights(List<Manifest> manifests) {
        State state = readable();
        return rightsTo()
                .of(Deed.of(reading, state, manifests), ReadRights.of(reader(), choices.preflight(), manifests));
    }

    /**
     * What an account must be allowed to do for every change of some definitions, the way back included, whatever there is to
     * do now. A namespace that is new, and a kind that no API has there yet (egress, isolation), take new Roles.
     *
     * @param manifests all that is to be there, as {@link dev.lintel.mesh.Mesh#manifests} says
     * @return more than one apply takes
     * @throws ProblemsException if the cluster cannot be read
     */
    public Rights rightsForEveryChange(List<Manifest> manifests) {
        List<Manifest> all = new ArrayList<>(readable().inForce());
        all.addAll(manifests);
        return rightsTo().ofEveryChange(all, ReadRights.of(reader(), choices.preflight(), manifests));
    }

    private State readable() {
        State state = read();
        if (!state.problems().isEmpty()) {
            throw new ProblemsException(name, state.problems());
        }
        return state;
    }

    private ClusterRights rightsTo() {
        return new ClusterRights(reading.schemas(), tools, !choices.waits().isNone());
    }

    @Override
    public Beside beside(State state, Wanted wanted) {
        List<Manifest> changed = reading.changed(state, wanted.manifests());
        List<Manifest> gone = ClusterReading.gone(state, wanted.manifests());
        List<Problem> warnings = new ArrayList<>(JournalWarnings.of(tools, !changed.isEmpty() || !gone.isEmpty()));
        warnings.addAll(JournalWarnings.tooLarge(tools, state, changed, gone));
        reading.steps(state, wanted.manifests()).gaps().forEach(gap -> warnings.add(gap.problem()));
        return new Beside(List.of(), warnings);
    }

    @Override
    @CanIgnoreReturnValue
    public Past write(State state, Wanted wanted) {
        return write(state, wanted, () -> true);
    }

    @Override
    @CanIgnoreReturnValue
    public Past write(State state, Wanted wanted, BooleanSupplier look) {
        return write(state, wanted, null, look)
                .map(said -> ClusterPast.of(this, tools, said, Set.of()))
                .orElseGet(() -> new ClusterPast(this, tools, "", "", List.of(), Set.of()));
    }

    /** Writes; what undoes an apply puts back what was there before it. */
    @CanIgnoreReturnValue
    Optional<Said> write(State state, Wanted wanted, @Nullable String undoes, BooleanSupplier look) {
        List<Problem> problems = new ArrayList<>(state.problems());
        problems.addAll(
                rehearsal.covers(state, wanted.manifests())
                        ? asking().taken(state, wanted.manifests())
                        : asked(state, wanted.manifests()));
        if (!problems.isEmpty()) {
            throw new ProblemsException(name, problems);
        }
        return new ClusterWriting(name, reading, inventory, choices, tools, apply).write(state, wanted, undoes, look);
    }

    Manifest kept(Manifest manifest) {
        return reading.kept(manifest);
    }

    @Override
    public Optional<Past> last() {
        return tools.journal()
                .read()
                .filter(said -> !said.state().equals(ApplyJournal.ROLLED_BACK))
                .map(said -> ClusterPast.of(this, tools, said, FirstThere.others(said, objects, inventory)));
    }
}
