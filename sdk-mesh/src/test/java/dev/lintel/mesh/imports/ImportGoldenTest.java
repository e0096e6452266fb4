package dev.lintel.mesh.imports;

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
                .forEach((name, text) -> cases.put(
                        name.substring(0, name.length() - ".in.yaml".length()), () -> ImportCases.told(name, text)));
        return golden.tests(cases);
    }
}
