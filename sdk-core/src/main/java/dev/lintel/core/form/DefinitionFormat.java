package dev.lintel.core.form;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Definition;
import dev.lintel.core.EgressDefinition;
import dev.lintel.core.IsolationDefinition;
import dev.lintel.core.Policy;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.engine.Kinds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of definitions, the same for JSON (RFC 8259) and YAML: {@code kind: Api/v1}, the service, the
 * namespace, then the policies with their kind and the components of their record in their order; or {@code kind:
 * Egress/v1}, the host, the namespace, and who may call it on which ports; or {@code kind: Isolation/v1}, the namespace,
 * who may call into it and what may be called out of it.
 *
 * <p>What is written reads back equal. Durations are written like {@code 1m30s}; paths, endpoints, services and
 * addresses as text; the constants of enums in lower-case words with hyphens; every type that has {@code public static
 * parse(String)} as the text of its {@code toString()}. Empty lists and maps, null and {@code false} are left out, and
 * origins are never written: whoever reads gives each definition, policy and part of a policy the line it stands on.
 *
 * <p>Reading is strict: unknown fields, fields said twice, wrong types, values that a record refuses, anchors, aliases
 * and tags are problems; so are documents over 1 MiB or nested deeper than 64 levels. Only kinds that nobody here knows
 * are kept as they are ({@link UnknownPolicy}). Instances may be used by many threads.
 */
public final class DefinitionFormat {
    /** The kind of a stored API. */
    public static final String KIND = "Api/v1";

    /** The kind of a stored host that may be called outside. */
    public static final String EGRESS = "Egress/v1";

    /** The kind of a stored boundary of a namespace. */
    public static final String ISOLATION = "Isolation/v1";

    private final Syntax syntax;
    private final Kinds kinds;

    private DefinitionFormat(Syntax syntax, Kinds kinds) {
        this.syntax = syntax;
        this.kinds = kinds;
    }

    /**
     * YAML with the kinds that are installed; several definitions are several documents.
     *
     * @return the format
     */
    public static DefinitionFormat yaml() {
        return yaml(Kinds.installed());
    }

    /**
     * YAML with a choice of kinds.
     *
     * @param kinds the kinds that are read into their records
     * @return the format
     */
    public static DefinitionFormat yaml(Kinds kinds) {
        return new DefinitionFormat(Syntax.YAML, kinds);
    }

    /**
     * JSON with the kinds that are installed; several definitions are an array.
     *
     * @return the format
     */
    public static DefinitionFormat json() {
        return json(Kinds.installed());
    }

    /**
     * JSON with a choice of kinds.
     *
     * @param kinds the kinds that are read into their records
     * @return the format
     */
    public static DefinitionFormat json(Kinds kinds) {
        return new DefinitionFormat(Syntax.JSON, kinds);
    }

    /**
     * Writes one definition.
     *
     * @param definition the definition
     * @return one document, ending with a line feed
     * @throws IllegalArgumentException if a policy is not a public record, or holds a value of a type that cannot be
     *     stored
     */
    public String write(Definition definition) {
        return syntax.print(tree(definition));
    }

    /**
     * Writes some definitions.
     *
     * @param definitions in the order in which they are to be written
     * @return YAML documents, or a JSON array
     * @throws IllegalArgumentException if a policy is not a public record, or holds a value of a type that cannot be
     *     stored
     */
    public String write(Collection<? extends Definition> definitions) {
        return syntax.write(definitions.stream().map(DefinitionFormat::tree).toList());
    }

    /**
     * Reads APIs: one, or several as documents or as an array. Other definitions are problems here.
     *
     * @param text the whole text of a file
     * @param fileName what origins and problems call it, for example {@code definitions.yaml}
     * @return the definitions in their order
     * @throws ProblemsException if anything is wrong; it holds all problems, the first 100 at the most
     * @see #readAll
     */
    public List<ApiDefinition> read(String text, String fileName) {
        DefinitionReader reader = new DefinitionReader(kinds);
        return read(text, fileName, reader::api);
    }

    /**
     * Reads definitions of every kind: one, or several as documents or as an array.
     *
     * @param text the whole text of a file
     * @param fileName what origins and problems call it, for example {@code definitions.yaml}
     * @return the definitions in their order
     * @throws ProblemsException if anything is wrong; it holds all problems, the first 100 at the most
     */
    public List<Definition> readAll(String text, String fileName) {
        DefinitionReader reader = new DefinitionReader(kinds);
        return read(text, fileName, reader::any);
    }

    /**
     * Reads definitions of every kind as far as they can be read: of what is wrong the rest is there, so that all that is wrong
     * with it can be told at once.
     *
     * @param text the whole text of a file
     * @param fileName what origins and problems call it, for example {@code definitions.yaml}
     * @return what was read; it is meant to be used only if there is no problem
     */
    public Parsed parse(String text, String fileName) {
        DefinitionReader reader = new DefinitionReader(kinds);
        List<Problem> problems = new ArrayList<>();
        List<Definition> definitions = read(text, fileName, reader::any, problems);
        return new Parsed(definitions, problems);
    }

    /**
     * What came of reading.
     *
     * @param definitions without the parts that are wrong
     * @param problems all of them, the first 100 at the most
     */
    public record Parsed(List<Definition> definitions, List<Problem> problems) {
        /** Keeps the lists unchangeable. */
        public Parsed {
            definitions = List.copyOf(definitions);
            problems = List.copyOf(problems);
        }
    }

    /** Reads one definition; null where problems were reported. */
    private interface Reading<D> {
        @Nullable
        D read(Node node, Place place);
    }

    private <D> List<D> read(String text, String fileName, Reading<D> reading) {
        List<Problem> problems = new ArrayList<>();
        List<D> definitions = read(text, fileName, reading, problems);
        if (!problems.isEmpty()) {
            throw new ProblemsException("'" + fileName + "'", problems);
        }
        return definitions;
    }

    private <D> List<D> read(String text, String fileName, Reading<D> reading, List<Problem> problems) {
        Place root = Place.root(fileName, problems);
        List<Node> documents = new DocumentReader(syntax, root).read(text);
        if (documents.isEmpty() && problems.isEmpty()) {
            root.problem("form.empty", 1, "holds no definition", "write '[]' if there is to be none");
        }
        List<D> definitions = new ArrayList<>();
        for (Node document : documents) {
            boolean several = document instanceof Node.Items;
            List<Node> nodes = document instanceof Node.Items items ? items.items() : List.of(document);
            for (int i = 0; i < nodes.size(); i++) {
                D definition = reading.read(nodes.get(i), several ? root.item(i) : root);
                if (definition != null) {
                    definitions.add(definition);
                }
            }
        }
        return List.copyOf(definitions);
    }

    private static ObjectNode tree(Definition definition) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        if (definition instanceof EgressDefinition egress) {
            tree.put("kind", EGRESS);
            tree.setAll(EgressShape.write(egress));
        } else if (definition instanceof IsolationDefinition isolation) {
            tree.put("kind", ISOLATION);
            tree.setAll(IsolationShape.write(isolation));
        } else if (definition instanceof ApiDefinition api) {
            tree.put("kind", KIND);
            tree.put("service", api.service().toString());
            tree.put("namespace", api.namespace());
            if (!api.policies().isEmpty()) {
                var policies = tree.putArray("policies");
                api.policies().forEach(said -> policies.add(tree(said.policy())));
            }
        }
        return tree;
    }

    private static ObjectNode tree(Policy policy) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", policy.kind());
        if (policy instanceof UnknownPolicy unknown) {
            return tree.setAll(unknown.tree());
        }
        return tree.setAll(RecordShape.policy(policy.getClass()).write(policy));
    }
}
