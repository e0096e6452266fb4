package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.EgressDefinition;
import dev.lintel.core.IsolationDefinition;
import dev.lintel.core.Origin;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.spi.PolicyCompiler;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages that show files of definitions: what they show is read, and no field is left out. */
class DefinitionsPageTest {
    private static final Path COMMANDS = Path.of("..", "docs", "command-line.md");
    private static final Path PAGE = Path.of("..", "docs", "definitions.md");
    private static final String BEGIN = "<!-- written by DefinitionsPageTest -->\n";
    private static final int KINDS = 36;

    @TempDir
    Path folder;

    /** By kind, or by the name of the part. */
    private final Map<String, Class<?>> parts = new TreeMap<>();

    private static String block(Path page, String language) throws IOException {
        String text = Files.readString(page);
        int from = text.indexOf("```" + language + "\n");
        assertThat(from).as("%s shows %s", page, language).isNotNegative();
        return text.substring(from + language.length() + 4, text.indexOf("```\n", from + 3));
    }

    @Test
    void theFileThatIsShownIsReadAndMeansSomething() throws IOException {
        List<Definition> read = DefinitionFormat.yaml().readAll(block(COMMANDS, "yaml"), "definitions.yaml");

        var compiled = new ModelCompiler(Kinds.installed()).compile(read, new World("example.com"));

        assertThat(compiled.problems()).isEmpty();
        assertThat(read).hasSize(4);
    }

    /** The lines that the page shows stand here. */
    @Test
    void theFormatIsUsedFromJavaAsThePageSays() throws IOException {
        Path file = Files.writeString(folder.resolve("definitions.yaml"), block(COMMANDS, "yaml"));

        DefinitionFormat format = DefinitionFormat.yaml();
        List<Definition> definitions = format.readAll(Files.readString(file), "definitions.yaml");
        Files.writeString(file, format.write(definitions));

        assertThat(format.readAll(Files.readString(file), "definitions.yaml")).isEqualTo(definitions);
        String source =
                Files.readString(Path.of("src", "test", "java", "dev", "lintel", "cli", "DefinitionsPageTest.java"));
        block(PAGE, "java")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("import "))
                .forEach(line -> assertThat(source).contains("        " + line.strip() + "\n"));
    }

    @Test
    void thePageHasEachFieldOfEachKind() throws IOException {
        String table = table();
        String page = Files.readString(PAGE);
        String written = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table;
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, written);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(written);
    }

    private String table() {
        Map<String, String> kinds = new TreeMap<>();
        ServiceLoader.load(PolicyCompiler.class).forEach(compiler -> {
            Class<?> type = compiler.policy();
            kinds.put(compiler.kind(), fields(type));
        });
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(KINDS);
        StringBuilder text = new StringBuilder("\n## Definitions\n\n| kind | fields |\n|---|---|\n")
                .append("| `Api/v1` | `service`: text, `namespace`: text, `policies`: list of the policies below |\n");
        text.append("| `Egress/v1` | " + fields(EgressDefinition.class) + " |\n");
        text.append("| `Isolation/v1` | " + fields(IsolationDefinition.class) + " |\n");
        text.append("\n## Policies of an API\n\n| kind | fields |\n|---|---|\n");
        kinds.forEach((kind, fields) -> text.append("| `" + kind + "` | " + fields + " |\n"));
        text.append("\n## Parts\n\n| part | fields |\n|---|---|\n");
        Map<String, String> told = new TreeMap<>();
        while (told.size() < parts.size()) {
            Map.copyOf(parts).forEach((name, type) -> told.computeIfAbsent(name, n -> fields(type)));
        }
        told.forEach((name, fields) -> text.append("| " + name + " | " + fields + " |\n"));
        return text.toString();
    }

    private String fields(Class<?> record) {
        String fields = Arrays.stream(record.getRecordComponents())
                .filter(each ->
                        each.getType() != Origin.class && !each.getName().equals("kind"))
                .map(this::field)
                .collect(Collectors.joining(", "));
        return fields.isEmpty() ? "none" : fields;
    }

    private String field(RecordComponent component) {
        return "`" + component.getName() + "`: " + words(component.getGenericType());
    }

    private String words(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class
                    ? "map to " + words(arguments[1])
                    : "list of " + words(arguments[0]);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == boolean.class || plain == Boolean.class) {
            return "true or false";
        }
        if (plain.isPrimitive() || Number.class.isAssignableFrom(plain)) {
            return "number";
        }
        if (plain.isEnum()) {
            return Arrays.stream(plain.getEnumConstants())
                    .map(each -> "`"
                            + ((Enum<?>) each).name().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
                    .collect(Collectors.joining(" or "));
        }
        if (plain.isRecord() && !hasText(plain)) {
            Class<?> other = parts.put(plain.getSimpleName(), plain);
            assertThat(other == null || other == plain)
                    .as("two parts are called %s", plain.getSimpleName())
                    .isTrue();
            return plain.getSimpleName();
        }
        return switch (plain.getSimpleName()) {
            case "String" -> "text";
            case "Duration" -> "duration, as `1m30s`";
            case "URI" -> "address";
            default -> "text (" + plain.getSimpleName() + ")";
        };
    }

    private static boolean hasText(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .anyMatch(each -> each.getName().equals("parse")
                        && Arrays.equals(each.getParameterTypes(), new Class<?>[] {String.class}));
    }
}
