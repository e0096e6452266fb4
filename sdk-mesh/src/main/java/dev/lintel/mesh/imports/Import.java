package dev.lintel.mesh.imports;

import dev.lintel.core.Definition;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.engine.World;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Version;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.YamlTrees;
import dev.lintel.mesh.istio.IstioDialect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Turns manifests of anybody into definitions: what they mean is read as their world reads them, said as a definition, and
 * the definition is compiled and compared with what was read. What is not the same is told; nothing is guessed silently.
 *
 * <p>Which policies are known is what is installed beside this module; without {@code sdk-auth} and {@code sdk-traffic}
 * their kinds are problems.
 */
public final class Import {
    /** The most texts of one import. */
    public static final int MOST_TEXTS = 10_000;

    /** The most characters of all texts of one import together. */
    public static final long LIMIT = 16L * ManifestYaml.LIMIT;

    /** What lines of a text without a name are said to be in. */
    private static final String TEXT = "text";

    private final Dialect dialect;

    private Import(Dialect dialect) {
        this.dialect = Objects.requireNonNull(dialect, "dialect");
    }

    /**
     * An import by a dialect, which says how manifests are read and where hosts are made.
     *
     * @param dialect reads the manifests
     * @return the import
     */
    public static Import by(Dialect dialect) {
        return new Import(dialect);
    }

    /**
     * Imports manifests of Istio, {@linkplain IstioDialect#istio() set up as usual}.
     *
     * @param manifests objects of anybody, in any order
     * @return what came of it
     */
    public static Imported of(Collection<Manifest> manifests) {
        return by(IstioDialect.istio()).manifests(manifests);
    }

    /**
     * Imports manifests.
     *
     * @param manifests objects of anybody, in any order
     * @return what came of it
     */
    public Imported manifests(Collection<Manifest> manifests) {
        return sources(Sources.of(manifests));
    }

    /**
     * Imports manifests as they are written.
     *
     * @param text YAML documents, at most {@link ManifestYaml#LIMIT} characters
     * @param namespace of objects that do not say it
     * @return what came of it
     * @throws IllegalArgumentException if the text is not such YAML; the message says where and why
     */
    public Imported yaml(String text, String namespace) {
        List<Object> documents = YamlTrees.read(text);
        if (documents.stream().anyMatch(OtherDialects::isSpring) || Sources.hasUnnamed(documents)) {
            return texts(Map.of(TEXT, text), namespace);
        }
        List<Manifest> manifests = ManifestYaml.readAny(text, namespace);
        return manifests.isEmpty() ? manifests(manifests) : texts(Map.of(TEXT, text), namespace);
    }

    /**
     * Imports manifests of several texts, all of which are read together. What is no object is told and left out, and so is
     * a text that is no YAML.
     *
     * @param texts YAML documents by the names of their files, which problems name, as
     *     {@link dev.lintel.mesh.target.YamlFolder} reads them; each at most {@link ManifestYaml#LIMIT} characters
     * @param namespace of objects that do not say it
     * @return what came of it
     * @throws IllegalArgumentException if there are more than {@link #MOST_TEXTS}, or they are longer than {@link #LIMIT}
     */
    public Imported texts(Map<String, String> texts, String namespace) {
        return sources(Sources.of(texts, namespace));
    }

    private Imported sources(Sources sources) {
        List<Manifest> all = sources.manifests();
        List<Problem> problems = new ArrayList<>(sources.problems());
        OtherDialects others = OtherDialects.of(dialect, all);
        problems.addAll(others.problems(sources));
        if (others.isNothing()) {
            return nothing(problems);
        }
        Dialect.Read read = dialect.read(
                others.own().stream().filter(manifest -> !LeftOut.is(manifest)).toList());
        problems.addAll(LeftOut.withoutSidecar(all, sources));
        problems.addAll(read.problems());
        Usual usual = new Usual(dialect);
        MeshModel model = usual.without(others.own(), read.model());
        Imported imported = read(new Dialect.Read(model, problems), dialect.world(), new Subjects(sources));
        List<Problem> notes = new ArrayList<>(sources.notes());
        notes.addAll(LeftOut.notes(all, sources));
        notes.addAll(usual.notes());
        notes.addAll(imported.notes());
        return new Imported(
                imported.definitions(),
                imported.stored(),
                imported.source(),
                imported.read(),
                imported.problems(),
                notes,
                imported.differences(),
                imported.compared());
    }

    /** What comes of objects of which none is for this import. */
    private static Imported nothing(List<Problem> problems) {
        return new Imported(
                List.of(), "", new SourceText(List.of()).program(), MeshModel.EMPTY, problems, List.of(), List.of(), 0);
    }

    /**
     * Imports the routes of Spring Cloud Gateway.
     *
     * @param text the configuration as YAML, at most {@link ManifestYaml#LIMIT} characters
     * @param namespace where the services live
     * @return what came of it
     * @throws IllegalArgumentException if the text is not YAML, or holds no routes; the message says where and why
     */
    public Imported springCloudGateway(String text, String namespace) {
        return read(SpringRoutes.read(text, namespace, dialect.world()), dialect.world());
    }

    /**
     * Imports what somebody has read.
     *
     * @param read what manifests mean
     * @param world where hosts are made
     * @return what came of it
     */
    public static Imported read(Dialect.Read read, World world) {
        return read(read, world, new Subjects(Sources.of(List.of())));
    }

    private static Imported read(Dialect.Read read, World world, Subjects subjects) {
        List<Problem> problems = new ArrayList<>();
        List<Problem> notes = new ArrayList<>();
        for (Problem problem : read.problems()) {
            List<Problem> into = problem.code().endsWith(".travels") ? notes : problems;
            if (!into.contains(problem)) {
                into.add(problem);
            }
        }
        List<SourceText.Said> trees = new ArrayList<>();
        List<Definition> definitions = new ArrayList<>();
        for (ApiModel api : read.model().apis()) {
            List<String> far = api.service().versions().stream()
                    .map(Version::name)
                    .filter(name -> name.indexOf('.') >= 0)
                    .toList();
            if (!far.isEmpty()) {
                problems.add(new Problem(
                        "import.another-namespace",
                        api.id(),
                        "goes to " + String.join(", ", far)
                                + ", outside of its namespace, which the definition of an API"
                                + " cannot say; it is left out",
                        "expose that service by an API of its own namespace, at paths or a host of its own",
                        api.origin()));
                continue;
            }
            Unsaid lost = new Unsaid();
            String usual = api.name() + "." + api.namespace() + "." + world.domain();
            Closed.comments(api, read.problems()).forEach(lost::comment);
            Map<String, Object> tree = new StoredPolicies(api, lost).definition(usual);
            lost.problems()
                    .forEach(what -> problems.add(new Problem(
                            "import.unsaid",
                            api.id(),
                            what,
                            "say it by hand, or keep the manifest that says it",
                            api.origin())));
            said(tree, api.id(), api.origin(), lost, trees, definitions, problems);
        }
        for (Map<String, Object> tree : StoredBorders.of(read.model())) {
            said(tree, String.valueOf(tree.get("kind")), Origin.unknown(), new Unsaid(), trees, definitions, problems);
        }
        String stored = definitions.isEmpty() ? "" : DefinitionFormat.yaml().write(definitions);
        Compiled compiled = new ModelCompiler(Kinds.installed()).compile(definitions, world);
        problems.addAll(compiled.problems());
        MeshModel said = new MeshModel(
                read.model().apis().stream()
                        .filter(api -> compiled.model().api(api.id()).isPresent())
                        .toList(),
                read.model().egress(),
                read.model().isolations());
        if (read.model().equals(MeshModel.EMPTY) && problems.isEmpty()) {
            problems.add(new Problem(
                    "import.nothing",
                    "the manifests",
                    "expose nothing, so that there is nothing to define and nothing was compared",
                    "give the gateway, its routes and their services in one text, and the dialect that reads their kinds",
                    Origin.unknown()));
        }
        Proof proof = new Proof(said, compiled.model(), subjects);
        List<String> differences = new ArrayList<>(proof.differences());
        problems.replaceAll(problem -> subjects.named(problem, read.model()));
        notes.replaceAll(problem -> subjects.named(problem, read.model()));
        differences.addAll(LeftOut.differences(problems));
        return new Imported(
                definitions,
                stored,
                new SourceText(trees).program(),
                read.model(),
                Alike.once(problems),
                notes,
                differences,
                proof.asked());
    }

    /** Reads a tree as the definition that it is; what a definition refuses is a problem. */
    private static void said(
            Map<String, Object> tree,
            String name,
            Origin origin,
            Unsaid lost,
            List<SourceText.Said> trees,
            List<Definition> definitions,
            List<Problem> problems) {
        try {
            definitions.addAll(DefinitionFormat.json().readAll(Stored.json(tree), name));
            trees.add(new SourceText.Said(tree, lost));
        } catch (ProblemsException e) {
            e.problems()
                    .forEach(problem -> problems.add(new Problem(
                            problem.code(),
                            name,
                            "cannot be said as a definition, and is left out: " + problem.path() + ": "
                                    + problem.message(),
                            problem.hint(),
                            origin)));
        }
    }
}
