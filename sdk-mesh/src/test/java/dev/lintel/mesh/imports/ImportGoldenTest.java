package dev.lintel.mesh.imports;

import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.testkit.Golden;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What becomes of manifests of anybody: each file {@code *.in.yaml}, the definition, its program, and what differs. */
class ImportGoldenTest {
    @TestFactory
    Stream<DynamicTest> manifestsBecomeDefinitions() {
        Golden golden = Golden.in("import", ".import.txt");
        Map<String, Supplier<String>> cases = new TreeMap<>();
        golden.inputs(".in.yaml")
                .forEach((name, text) ->
                        cases.put(name.substring(0, name.length() - ".in.yaml".length()), () -> told(name, text)));
        return golden.tests(cases);
    }

    private static String told(String name, String text) {
        Import by = Import.by(IstioDialect.istio().domain("example.com"));
        try {
            return told(name.startsWith("spring") ? by.springCloudGateway(text, "shop") : by.yaml(text, "shop"));
        } catch (IllegalArgumentException e) {
            return "refused: " + e.getMessage() + "\n";
        }
    }

    private static String told(Imported imported) {
        StringBuilder out = new StringBuilder();
        out.append(imported.isProven() ? "decides alike" : "does not decide alike everywhere")
                .append('\n');
        imported.problems()
                .forEach(problem -> out.append("problem: ")
                        .append(problem.code())
                        .append(' ')
                        .append(problem.path())
                        .append(": ")
                        .append(problem.message())
                        .append('\n'));
        imported.notes()
                .forEach(note -> out.append("note: ")
                        .append(note.path())
                        .append(": ")
                        .append(note.message())
                        .append('\n'));
        imported.differences()
                .forEach(
                        difference -> out.append("differs: ").append(difference).append('\n'));
        return out.append("\n")
                .append(imported.stored())
                .append("\n")
                .append(imported.source())
                .toString();
    }
}
