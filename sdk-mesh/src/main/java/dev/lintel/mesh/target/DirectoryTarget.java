package dev.lintel.mesh.target;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.Past;
import dev.lintel.mesh.Target;
import dev.lintel.mesh.raw.RawFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory, as a Git repository has it for Argo CD or Flux: one file for each API, {@code shop/orders.yaml}, in an
 * order in which {@code kubectl apply} can take it; a file of its own for what belongs to a whole namespace.
 *
 * <p>A file is ours if every object in it carries our label. Other files are never touched, and one that stands where
 * ours would go is a problem. Files are replaced as a whole, and only where their bytes change. A plan tells all that changes: objects, and beside them files of
 * which other lines change, as the Kustomize file, objects that move to another file, and comments by hand, which go. So
 * a plan that is empty, a check that is clean and a write that changes no byte are the same. Hidden folders, symbolic links
 * and files above {@link ManifestYaml#LIMIT} are passed over; a directory that is a link itself is followed.
 */
public final class DirectoryTarget implements Target {
    /** So many lines of others are told, each up to so many characters. */
    private static final int SHOWN = 3;

    private static final int WIDTH = 60;

    private final Path root;
    private final DirectoryLayout layout;
    private final boolean kustomized;
    private final boolean lined;

    private DirectoryTarget(Path root, DirectoryLayout layout, boolean kustomized, boolean lined) {
        this.root = Objects.requireNonNull(root, "root");
        this.layout = Objects.requireNonNull(layout, "layout");
        this.kustomized = kustomized;
        this.lined = lined;
    }

    /**
     * A directory with a file for each API.
     *
     * @param root the directory; it is made when something is written
     * @return the target
     */
    public static DirectoryTarget directory(Path root) {
        return new DirectoryTarget(root, DirectoryLayout.FILE_PER_API, false, false);
    }

    /**
     * The same directory with other files.
     *
     * @param which which objects share a file
     * @return a new target; what is there in another layout is moved by the next plan
     */
    public DirectoryTarget layout(DirectoryLayout which) {
        return new DirectoryTarget(root, which, kustomized, lined);
    }

    /**
     * The same directory with a {@code kustomization.yaml} that names all files of ours, and what Argo CD and Flux must
     * be told about weights.
     *
     * @return a new target
     */
    public DirectoryTarget kustomized() {
        return new DirectoryTarget(root, layout, true, lined);
    }

    /**
     * The same directory with the line of its definition above each object, as a comment. A line that moves is a change
     * of the file, and none of its objects.
     *
     * @return a new target
     */
    public DirectoryTarget withLines() {
        return new DirectoryTarget(root, layout, kustomized, true);
    }

    /**
     * Whether the directory holds what a plan would write. Changes nothing.
     *
     * @param dialect the dialect of the plan
     * @param plan a plan for this directory
     * @return what would change, and what should be known; the problems of a plan that has any
     */
    public DirectoryCheck check(Dialect dialect, Plan plan) {
        String world = dialect.name() + " in " + name();
        if (!plan.world().equals(world)) {
            return DirectoryCheck.refused(
                    name(),
                    List.of(new Problem(
                            "plan.foreign",
                            "plan for " + plan.world(),
                            "was made for '" + plan.world() + "', but this is '" + world + "'",
                            "give the dialect and the directory of the plan",
                            Origin.unknown())));
        }
        Written written = RawFields.write(dialect, plan.desired());
        List<Problem> problems = new ArrayList<>(plan.problems());
        if (problems.isEmpty()) {
            problems.addAll(written.problems());
        }
        DirectoryFiles files = DirectoryFiles.read(root);
        if (problems.isEmpty()) {
            problems.addAll(state(files).problems());
            problems.addAll(obstacles(files, written.manifests()));
        }
        if (!problems.isEmpty()) {
            return DirectoryCheck.refused(name(), problems);
        }
        List<Problem> warnings = new ArrayList<>(Opened.warnings(
                name(),
                dialect,
                state(files).manifests(),
                dialect.read(written.manifests()).model()));
        warnings.addAll(
                neighbours(files, written.manifests(), dialect.rootNamespace()).told());
        if (plan.widens() && plan.widening() == null) {
            warnings.add(new Problem(
                    "directory.widens",
                    name(),
                    "lets less through than the definitions, or what nobody can compare: the plan widens access, and is"
                            + " refused as it is",
                    "if that is meant, say allowWidening(\"reason\") on the plan",
                    Origin.unknown()));
        }
        return new DirectoryCheck(
                name(),
                written.manifests().size(),
                List.of(),
                differences(files, contents(files, written.manifests(), plan.desired())),
                warnings);
    }

    private List<DirectoryCheck.Difference> differences(DirectoryFiles files, FileChanges changes) {
        return changes.differing().stream()
                .map(file -> {
                    Listing listing = files.ours().get(file);
                    String wanted = changes.now().get(file);
                    String name = ObjectFiles.shown(file);
                    String head = "--- " + (listing == null ? "/dev/null" : "a/" + name) + "\n+++ "
                            + (wanted == null ? "/dev/null" : "b/" + name) + "\n";
                    String old = listing == null ? "" : listing.text();
                    return new DirectoryCheck.Difference(
                            name, head + FileChanges.diff(old, wanted == null ? "" : wanted));
                })
                .toList();
    }

    @Override
    public String name() {
        return "directory " + root;
    }

    @Override
    public State read() {
        return state(DirectoryFiles.read(root));
    }

    private State state(DirectoryFiles files) {
        List<Manifest> manifests = new ArrayList<>();
        List<Problem> problems = new ArrayList<>(files.problems());
        Map<String, Path> places = new LinkedHashMap<>();
        Map<String, Manifest> known = new LinkedHashMap<>();
        files.ours().forEach((file, listing) -> {
            for (Manifest manifest : listing.manifests()) {
                Path other = places.putIfAbsent(manifest.id(), file);
                if (other == null) {
                    manifests.add(manifest);
                    known.put(manifest.id(), manifest);
                } else if (isLeft(manifest, other, file)) {
                    manifests.remove(known.put(manifest.id(), manifest));
                    manifests.add(manifest);
                    places.put(manifest.id(), file);
                } else if (!manifest.equals(known.get(manifest.id())) && !isLeft(manifest, file, other)) {
                    // Objects that are equal are what a write leaves that was killed: the next one goes on.
                    problems.add(DirectoryFiles.problem(
                            "directory.twice",
                            file,
                            "holds " + manifest.id() + ", which " + ObjectFiles.shown(other) + " holds otherwise",
                            "keep one of them"));
                }
            }
        });
        return new State(files.base(), manifests, problems);
    }

    /** Whether a write to another layout that was killed has left an object at its old place, after it had come to its new one. */
    private boolean isLeft(Manifest manifest, Path old, Path now) {
        return layout.file(manifest).equals(now)
                && !old.equals(now)
                && Stream.of(DirectoryLayout.values())
                        .anyMatch(other -> other.file(manifest).equals(old));
    }

    @Override
    public List<Problem> obstacles(State state, List<Manifest> manifests) {
        return obstacles(DirectoryFiles.read(root), manifests);
    }

    private List<Problem> obstacles(DirectoryFiles files, List<Manifest> manifests) {
        Set<Path> wanted = new LinkedHashSet<>(byFile(manifests).keySet());
        if (kustomized && !wanted.isEmpty()) {
            wanted.add(Kustomization.FILE);
        }
        return inTheWay(files, wanted, manifests);
    }

    /** Why some files cannot be written here. */
    List<Problem> inTheWay(DirectoryFiles files, Set<Path> wanted, List<Manifest> manifests) {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(root)) {
            return List.of(DirectoryFiles.problem(
                    "directory.root", root, "is no directory", "name another, or move the file away"));
        }
        List<Problem> problems = new ArrayList<>();
        Set<String> told = files.problems().stream().map(Problem::path).collect(Collectors.toSet());
        for (Path file : wanted) {
            Path path = root.resolve(file);
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    && !files.ours().containsKey(file)
                    && !told.contains(ObjectFiles.shown(file))) {
                problems.add(InTheWay.problem(file, files.others().get(file), manifests));
            }
            Path folder = path.getParent();
            if (folder != null
                    && Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                problems.add(DirectoryFiles.problem(
                        "directory.foreign", file, "has no folder: its place is taken", "move it away"));
            }
        }
        problems.addAll(cases(files, wanted));
        if (wanted.contains(Kustomization.FILE)) {
            Kustomization.OTHERS.stream()
                    .filter(file -> Files.exists(root.resolve(file), LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> problems.add(DirectoryFiles.problem(
                            "directory.foreign",
                            file,
                            "is there, and Kustomize takes no directory that has a " + Kustomization.FILE
                                    + " beside it",
                            "move it away, or leave out kustomized()")));
        }
        return problems;
    }

    /** On some file systems these are one file, which would be written and deleted then. */
    private static List<Problem> cases(DirectoryFiles files, Set<Path> wanted) {
        Map<String, Path> byName = new LinkedHashMap<>();
        wanted.forEach(file -> byName.put(lower(file), file));
        return files.ours().keySet().stream()
                .filter(file -> !wanted.contains(file) && byName.containsKey(lower(file)))
                .map(file -> DirectoryFiles.problem(
                        "directory.case",
                        file,
                        "differs from " + ObjectFiles.shown(byName.getOrDefault(lower(file), file))
                                + " by case only, so that they may be one file",
                        "rename it"))
                .toList();
    }

    private static String lower(Path file) {
        return ObjectFiles.shown(file).toLowerCase(Locale.ROOT);
    }

    @Override
    public Beside beside(State state, Wanted wanted) {
        DirectoryFiles files = DirectoryFiles.read(root);
        FileChanges contents = contents(files, wanted.manifests(), wanted.model());
        List<Problem> warnings = new ArrayList<>();
        contents.lost().forEach((file, lines) -> warnings.add(lost(file, lines)));
        return new Beside(contents.changes(), warnings);
    }

    @Override
    public Others others(State state, List<Manifest> manifests, String meshRoot) {
        return neighbours(DirectoryFiles.read(root), manifests, meshRoot);
    }

    /** A file in the place of one of ours is a problem, and what is in it nothing more to be told. */
    private Others neighbours(DirectoryFiles files, List<Manifest> manifests, String meshRoot) {
        SortedMap<Path, String> others = new TreeMap<>(files.others());
        others.keySet().removeAll(byFile(manifests).keySet());
        return Neighbours.of(others, manifests, meshRoot);
    }

    private static Problem lost(Path file, List<String> lines) {
        String shown = lines.stream()
                .limit(SHOWN)
                .map(line -> line.length() > WIDTH ? line.substring(0, WIDTH) + "…" : line)
                .map(line -> "'" + line.strip() + "'")
                .collect(Collectors.joining(", "));
        return DirectoryFiles.problem(
                "directory.lines",
                file,
                "has lines that somebody else wrote, and they go: " + shown
                        + (lines.size() > SHOWN ? " and others" : ""),
                file.equals(Kustomization.FILE)
                        ? "put them into a kustomization of their own that names this directory in its resources"
                        : "say by a definition what they say, or keep them elsewhere");
    }

    @Override
    @CanIgnoreReturnValue
    public Past write(State state, Wanted wanted) {
        DirectoryFiles files = DirectoryFiles.read(root);
        FileChanges contents = contents(files, wanted.manifests(), wanted.model());
        write(files, state, obstacles(files, wanted.manifests()), contents.now());
        return new DirectoryPast(this, files, DirectoryFiles.base(contents.now()));
    }

    /** Makes some texts all that there is of ours, all at once. */
    void write(DirectoryFiles files, State state, List<Problem> obstacles, SortedMap<Path, String> texts) {
        List<Problem> problems = new ArrayList<>(state.problems());
        problems.addAll(files.problems());
        problems.addAll(obstacles);
        if (!files.base().equals(state.base())) {
            problems.add(new Problem(
                    "plan.stale", name(), "has changed while it was written", "plan again", Origin.unknown()));
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(name(), problems.stream().distinct().toList());
        }
        SortedMap<Path, String> there = files.texts();
        SortedMap<Path, String> changed = new TreeMap<>(texts);
        changed.entrySet().removeIf(each -> each.getValue().equals(there.get(each.getKey())));
        try {
            AtomicFiles.write(
                    root,
                    changed,
                    there.keySet().stream()
                            .filter(file -> !texts.containsKey(file))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(name() + " could not be written; a new plan continues", e);
        }
    }

    DirectoryFiles files() {
        return DirectoryFiles.read(root);
    }

    private FileChanges contents(DirectoryFiles files, List<Manifest> manifests, MeshModel model) {
        Function<List<Manifest>, String> writer =
                objects -> lined ? ManifestYaml.writeWithLines(objects, model) : ManifestYaml.write(objects);
        SortedMap<Path, List<Manifest>> byFile = byFile(manifests);
        SortedMap<Path, String> now = new TreeMap<>();
        byFile.forEach((file, objects) -> now.put(file, writer.apply(objects)));
        if (kustomized && !now.isEmpty()) {
            now.put(Kustomization.FILE, Kustomization.text(List.copyOf(now.keySet()), manifests));
        }
        return new FileChanges(files.ours(), now, byFile, writer);
    }

    private SortedMap<Path, List<Manifest>> byFile(List<Manifest> manifests) {
        SortedMap<Path, List<Manifest>> byFile = new TreeMap<>();
        manifests.forEach(manifest -> byFile.computeIfAbsent(layout.file(manifest), f -> new ArrayList<>())
                .add(manifest));
        return byFile;
    }
}
