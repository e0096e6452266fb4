package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.lint.Finding;
import dev.lintel.mesh.lint.Lint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A finding of the linter in the file where it is. All files are looked at together, because what is wrong in one object
 * often shows beside another.
 *
 * @param file the file; empty where the line is not known
 * @param finding what was found, with the line in that file
 */
record Linted(String file, Finding finding) {
    private static final String BETWEEN = "\n---\n";

    /**
     * Looks at files.
     *
     * @param root the namespace whose objects are for the whole mesh
     * @throws ProblemsException if one cannot be read, or is no YAML
     */
    static List<Linted> of(Surroundings around, List<String> names, String namespace, String root) {
        Map<String, String> texts = TextFiles.read(around, names, ManifestYaml.LIMIT);
        NavigableMap<Integer, String> begins = new TreeMap<>();
        StringBuilder all = new StringBuilder();
        int line = 1;
        for (Map.Entry<String, String> each : texts.entrySet()) {
            String text = each.getValue() + BETWEEN;
            begins.put(line, each.getKey());
            line += (int) text.chars().filter(c -> c == '\n').count();
            all.append(text);
        }
        try {
            return Lint.yaml(all.toString(), namespace, root).stream()
                    .map(finding -> in(begins, finding))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new ProblemsException("the manifests", blamed(texts, namespace, e));
        }
    }

    /** Which of the files are no YAML; if each of them is, it is all of them together. */
    private static List<Problem> blamed(Map<String, String> texts, String namespace, IllegalArgumentException whole) {
        List<Problem> problems = new ArrayList<>();
        texts.forEach((name, text) -> {
            try {
                List<Manifest> unusedManifests = ManifestYaml.readAny(text, namespace);
            } catch (IllegalArgumentException e) {
                problems.add(problem(name, "cannot be read: " + e.getMessage(), "mend it, or leave it out"));
            }
        });
        return problems.isEmpty()
                ? List.of(problem("all together", String.valueOf(whole.getMessage()), "look at a part of them"))
                : problems;
    }

    private static Problem problem(String name, String message, String hint) {
        return new Problem("cli.manifests", name, message, hint, Origin.unknown());
    }

    private static Linted in(NavigableMap<Integer, String> begins, Finding found) {
        Map.Entry<Integer, String> file = begins.floorEntry(found.line());
        if (file == null) {
            return new Linted("", found);
        }
        return new Linted(
                file.getValue(),
                new Finding(
                        found.code(),
                        found.istio(),
                        found.kiali(),
                        found.severity(),
                        found.object(),
                        found.field(),
                        found.line() - file.getKey() + 1,
                        found.message(),
                        found.hint()));
    }

    private String place() {
        return file + ":" + finding.line();
    }

    String render() {
        return finding.render() + (file.isEmpty() ? "" : "\n  at " + place());
    }

    ObjectNode json() {
        ObjectNode tree = Json.object()
                .put("code", finding.code())
                .put("istio", finding.istio())
                .put("kiali", finding.kiali())
                .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                .put("object", finding.object())
                .put("field", finding.field())
                .put("message", Json.clipped(finding.message()))
                .put("hint", Json.clipped(finding.hint()));
        return file.isEmpty() ? tree : tree.put("at", place());
    }
}
