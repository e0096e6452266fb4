package dev.lintel.mesh.target;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Changes;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.Target;
import dev.lintel.mesh.raw.RawFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A directory, as a Git repository has it for Argo CD or Flux: one file for each API, {@code shop/orders.yaml}, in an
 * order in which {@code kubectl apply} can take it; a file of its own for what belongs to a whole namespace.
 *
 * <p>A file is ours if every object in it carries our label. Other files are never touched, and one that stands where
 * ours would go is a problem. Files are replaced as a whole, and only where their bytes change. Hidden folders, symbolic
 * links and files above {@link ManifestYaml#LIMIT} are passed over.
 */
public final class DirectoryTarget implements Target {
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
     * @return what would change; the problems of a plan that has any
     */
    public DirectoryCheck check(Dialect dialect, Plan plan) {
        String world = dialect.name() + " in " + name();
        if (!plan.world().equals(world)) {
            return new DirectoryCheck(
                    List.of(new Problem(
                            "plan.foreign",
                            "plan for " + plan.world(),
                            "was made for '" + plan.world() + "', but this is '" + world + "'",
                            "give the dialect and the directory of the plan",
                            Origin.unknown())),
                    List.of());
        }
        return plan.problems().isEmpty()
                ? check(RawFields.write(dialect, plan.desired()), plan.desired())
                : new DirectoryCheck(plan.problems(), List.of());
    }

    /**
     * Whether the directory holds what would be written. Changes nothing.
     *
     * @param written what a dialect made of a model
     * @param model that model
     * @return what would change, and what keeps it from being written
     */
    public DirectoryCheck check(Written written, MeshModel model) {
        List<Problem> problems = new ArrayList<>(written.problems());
        SortedMap<Path, Listing> before = ours(problems);
        if (!problems.isEmpty()) {
            return new DirectoryCheck(problems, List.of());
        }
        problems.addAll(read().problems());
        problems.addAll(obstacles(written.manifests()));
        SortedMap<Path, String> now = contents(written.manifests(), model);
        SortedSet<Path> files = new TreeSet<>(before.keySet());
        files.addAll(now.keySet());
        List<DirectoryCheck.Difference> differences = new ArrayList<>();
        for (Path file : files) {
            Listing listing = before.get(file);
            String old = listing == null ? "" : listing.text();
            String wanted = now.getOrDefault(file, "");
            if (!old.equals(wanted)) {
                String name = file.toString().replace('\\', '/');
                String head = "--- " + (listing == null ? "/dev/null" : "a/" + name) + "\n+++ "
                        + (now.containsKey(file) ? "b/" + name : "/dev/null") + "\n";
                differences.add(new DirectoryCheck.Difference(name, head + Changes.unifiedDiff(old, wanted)));
            }
        }
        return new DirectoryCheck(problems, differences);
    }

    @Override
    public String name() {
        return "directory " + root;
    }

    @Override
    public State read() {
        List<Manifest> manifests = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, Path> places = new LinkedHashMap<>();
        SortedMap<Path, Listing> files = ours(problems);
        files.forEach((file, listing) -> {
            for (Manifest manifest : listing.manifests()) {
                Path other = places.putIfAbsent(manifest.id(), file);
                if (other == null) {
                    manifests.add(manifest);
                } else {
                    problems.add(problem(
                            "directory.twice",
                            file,
                            "holds " + manifest.id() + ", which " + other + " holds too",
                            "keep one of them"));
                }
            }
        });
        return new State(base(files), manifests, problems);
    }

    @Override
    public List<Problem> obstacles(List<Manifest> manifests) {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            return List.of(problem("directory.root", root, "is no directory", "name another, or move the file away"));
        }
        List<Problem> problems = new ArrayList<>();
        List<Problem> known = new ArrayList<>();
        SortedMap<Path, Listing> ours = ours(known);
        Set<String> told = known.stream().map(Problem::path).collect(Collectors.toSet());
        for (Path file : contents(manifests, MeshModel.EMPTY).keySet()) {
            Path path = root.resolve(file);
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    && !ours.containsKey(file)
                    && !told.contains(file.toString())) {
                problems.add(problem(
                        "directory.foreign",
                        file,
                        "is there already and not ours: not every object in it carries '" + Manifest.MANAGED_BY + ": "
                                + Manifest.LINTEL + "'",
                        "move it away, or rename it"));
            }
            Path folder = path.getParent();
            if (folder != null
                    && Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                problems.add(problem("directory.foreign", file, "has no folder: its place is taken", "move it away"));
            }
        }
        return problems;
    }

    @Override
    public void write(State state, List<Manifest> manifests) {
        write(state, manifests, MeshModel.EMPTY);
    }

    @Override
    public void write(State state, List<Manifest> manifests, MeshModel model) {
        List<Problem> problems = new ArrayList<>(state.problems());
        problems.addAll(obstacles(manifests));
        SortedMap<Path, Listing> before = ours(new ArrayList<>());
        if (!base(before).equals(state.base())) {
            problems.add(new Problem(
                    "plan.stale", name(), "has changed while it was written", "plan again", Origin.unknown()));
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(name(), problems);
        }
        SortedMap<Path, String> now = contents(manifests, model);
        SortedMap<Path, String> changed = new TreeMap<>(now);
        before.forEach((file, listing) -> changed.remove(file, listing.text()));
        try {
            AtomicFiles.write(
                    root,
                    changed,
                    before.keySet().stream()
                            .filter(file -> !now.containsKey(file))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(name() + " could not be written; a new plan continues", e);
        }
    }

    /** A file and the objects in it. */
    private record Listing(String text, List<Manifest> manifests) {}

    private SortedMap<Path, Listing> ours(List<Problem> problems) {
        SortedMap<Path, Listing> ours = new TreeMap<>();
        try {
            for (Path file : AtomicFiles.yaml(root, ManifestYaml.LIMIT)) {
                String text = new String(Files.readAllBytes(root.resolve(file)), StandardCharsets.UTF_8);
                read(file, text, ours, problems);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(name() + " cannot be read", e);
        }
        return ours;
    }

    private static void read(Path file, String text, Map<Path, Listing> ours, List<Problem> problems) {
        try {
            List<Boolean> marks = ManifestYaml.marks(text);
            if (file.equals(Kustomization.FILE)) {
                if (marks.equals(List.of(true))) {
                    ours.put(file, new Listing(text, List.of()));
                }
            } else if (marks.contains(true) && marks.contains(false)) {
                problems.add(problem(
                        "directory.mixed",
                        file,
                        "holds objects of ours and of others",
                        "give the others a file of their own"));
            } else if (marks.contains(true)) {
                ours.put(file, new Listing(text, ManifestYaml.read(text)));
            }
        } catch (IllegalArgumentException e) {
            problems.add(problem(
                    "directory.unread", file, String.valueOf(e.getMessage()), "restore the file, or delete it"));
        }
    }

    private SortedMap<Path, String> contents(List<Manifest> manifests, MeshModel model) {
        Map<Path, List<Manifest>> byFile = new TreeMap<>();
        manifests.forEach(manifest -> byFile.computeIfAbsent(layout.file(manifest), f -> new ArrayList<>())
                .add(manifest));
        SortedMap<Path, String> contents = new TreeMap<>();
        byFile.forEach((file, objects) ->
                contents.put(file, lined ? ManifestYaml.writeWithLines(objects, model) : ManifestYaml.write(objects)));
        if (kustomized && !contents.isEmpty()) {
            contents.put(Kustomization.FILE, Kustomization.text(List.copyOf(contents.keySet()), manifests));
        }
        return contents;
    }

    private static String base(SortedMap<Path, Listing> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((file, listing) -> {
                digest.update((file + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update((listing.text() + "\0").getBytes(StandardCharsets.UTF_8));
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Problem problem(String code, Path file, String message, String hint) {
        return new Problem(code, file.toString(), message, hint, Origin.unknown());
    }
}
