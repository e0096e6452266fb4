package dev.lintel.graphql.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.graphql.Graph;
import graphql.schema.diff.SchemaDiff;
import graphql.schema.diff.SchemaDiffSet;
import graphql.schema.diff.reporting.CapturingReporter;
import graphql.schema.idl.SchemaPrinter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each place of a document is taken away, or made something else, and the library's own comparison judges the schemas. */
class EveryEditTest {
    /** What is put beside or in the place of a value, for values that look like the key. */
    private static final Map<String, List<String>> OTHERS = Map.of(
            "type", List.of("\"boolean\"", "\"string\""),
            "required", List.of("true", "false", "[]"),
            "format", List.of("\"int32\"", "\"date\""),
            "enum", List.of("[\"red\", \"blue\", \"on-leave\", \"small\", \"big\", \"more\"]"),
            "in", List.of("\"header\""),
            "operationId", List.of("\"other\""));

    @Test
    void whatBreaksQueriesIsTheSameByTheLibrary() {
        Graph before = Documents.graph(Documents.base());
        String old = sdl(before);
        Map<String, Integer> seen = new TreeMap<>();
        Map<String, String> apart = new LinkedHashMap<>();
        for (String edit : edits()) {
            Graph after = Documents.graph(Documents.edited(edit));
            GraphDiff diff = GraphDiff.between(before, after);
            int broken = breakages(old, sdl(after));
            if (broken > 0 != !diff.breaking().isEmpty()) {
                apart.put(edit, diff + " / " + broken);
            }
            boolean same = old.equals(sdl(after));
            assertThat(same && !diff.breaking().isEmpty()).as(edit).isFalse();
            assertThat(!same && diff.changes().isEmpty()).as(edit).isFalse();
            int unusedCount = seen.merge(diff.worst().name(), 1, Integer::sum);
        }

        assertThat(apart).isEmpty();
        assertThat(seen.get("BREAKING")).isGreaterThan(40);
        assertThat(seen.get("COMPATIBLE")).isGreaterThan(40);
    }

    private static String sdl(Graph graph) {
        return new SchemaPrinter(SchemaPrinter.Options.defaultOptions().includeDirectives(true))
                .print(graph.schema().graphQl());
    }

    private static int breakages(String before, String after) {
        CapturingReporter reporter = new CapturingReporter();
        new SchemaDiff().diffSchema(SchemaDiffSet.diffSetFromSdl(before, after), reporter);
        return reporter.getBreakageCount();
    }

    private static List<String> edits() {
        List<String> edits = new ArrayList<>();
        JsonNode base = Documents.base();
        collect(base.path("paths"), "/paths", edits);
        collect(base.path("components"), "/components", edits);
        return edits;
    }

    private static void collect(JsonNode node, String pointer, List<String> edits) {
        edits.add(pointer);
        String key = pointer.substring(pointer.lastIndexOf('/') + 1);
        OTHERS.getOrDefault(key, List.of()).forEach(other -> edits.add(pointer + " " + other));
        node.properties()
                .forEach(child -> collect(
                        child.getValue(),
                        pointer + "/" + child.getKey().replace("~", "~0").replace("/", "~1"),
                        edits));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), pointer + "/" + i, edits);
        }
    }
}
