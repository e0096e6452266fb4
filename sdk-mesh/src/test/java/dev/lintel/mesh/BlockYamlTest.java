package dev.lintel.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The short way of reading: on whatever it understands it says what the library says, and the rest it leaves alone. */
class BlockYamlTest {
    private static final List<String> PIECES = List.of(
            " ",
            "  ",
            "\n",
            "\n\n",
            "- ",
            "-",
            ":",
            ": ",
            "#",
            " #",
            "\"",
            "'",
            "\\",
            "\\u0041",
            "{}",
            "{a: b}",
            "[]",
            "[a]",
            "&a ",
            "*a",
            "!!str ",
            "|\n",
            ">\n",
            "<<: ",
            "\"<<\": ",
            "? ",
            "---\n",
            "--- ",
            "...\n",
            "\t",
            "\r",
            "~",
            "null",
            "true",
            "True",
            "0",
            "07",
            "1e3",
            "-1",
            "1.5",
            "99999999999",
            "%",
            "@",
            "`",
            "é",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\u0007",
            "\ud83d",
            "a",
            "a:b",
            "a b",
            "kind",
            "a: ",
            "\na: b\n",
            "# note\n");

    @Test
    void whatItUnderstandsOfAllGoldensIsWhatTheLibraryReads() throws IOException {
        List<String> texts = goldens();

        long understood = texts.stream().filter(BlockYamlTest::agrees).count();

        assertThat(understood).isGreaterThan(200);
    }

    @Test
    void whatItUnderstandsOfBrokenTextsIsWhatTheLibraryReads() throws IOException {
        List<String> texts = goldens().stream()
                .filter(text -> text.length() < 4_000 && BlockYaml.read(text).isPresent())
                .toList();
        Random random = new Random(11);
        int understood = 0;
        int left = 0;
        for (int i = 0; i < 20_000; i++) {
            String broken = broken(texts.get(random.nextInt(texts.size())), random);
            if (agrees(broken)) {
                understood++;
            } else {
                left++;
            }
        }

        assertThat(understood).isGreaterThan(1_000);
        assertThat(left).isGreaterThan(1_000);
    }

    @Test
    void whatItUnderstandsOfRandomTreesIsWhatWasWritten() {
        Random random = new Random(13);
        int understood = 0;
        for (int i = 0; i < 5_000; i++) {
            Map<String, Object> spec = map(random, 0);
            Manifest one = new Manifest("a/v1", "Kind", "b", "c", Map.of("d", "e"), Map.of(), spec);
            String text = one.toYaml();
            assertThat(ManifestYaml.read(text)).as(text).containsExactly(one);
            understood += agrees(text) ? 1 : 0;
        }

        assertThat(understood).isGreaterThan(1_000);
    }

    @Test
    void textsThatAreTooLongOrTooDeepAreLeftToTheLibrary() {
        assertThat(BlockYaml.read("a: b\n".repeat(1))).isPresent();
        assertThat(BlockYaml.read("a: " + "b".repeat(3_000_000) + "\n")).isEmpty();
        assertThat(BlockYaml.read("k".repeat(1_001) + ": b\n")).isEmpty();
        assertThat(BlockYaml.read("a:\n" + "- ".repeat(39) + "b\n")).isEmpty();
        assertThat(BlockYaml.read("a:\n" + "- ".repeat(1_000_000) + "b\n")).isEmpty();
        assertThat(BlockYaml.read("a:\n" + "- b\n".repeat(700_000))).isPresent();
    }

    @Test
    void whatIsNoMapOrOfAnotherShapeIsLeftToTheLibrary() {
        for (String text : List.of(
                "",
                "\n",
                "a",
                "a: b",
                "- a\n",
                "{}\n",
                "a: b\n---\n",
                "# a\n",
                "a:\n",
                "a: \n",
                "a: b \n",
                "a:  b\n",
                "a: b\n  c\n",
                "a: b\n c: d\n",
                "a:\n   b: c\n",
                "a:\n  - b\n",
                "a:\n- b\n - c\n",
                "a: &x b\n",
                "a: *x\n",
                "a: !x b\n",
                "<<: b\n",
                "\"<<\": b\n",
                "a: b\na: c\n",
                "a: b\n\"a\": c\n",
                "a: 'b'\n",
                "a: \"b\n  c\"\n",
                "a: \"\\x41\"\n",
                "a: \"b\" c\n",
                "a: yes\n",
                "a: 010\n",
                "a: 1.5\n",
                "a: 1234567890\n",
                "a: b # c\n",
                "a: b: c\n",
                "1: a\n",
                "on: a\n",
                "a: b\r\n",
                "a: |\n  b\n",
                "a: [b]\n",
                "a: {b: c}\n",
                "a: \ufeffb\n",
                "a: b\n...\n",
                "%YAML 1.1\n---\na: b\n",
                "? a\n: b\n")) {
            assertThat(BlockYaml.read(text)).as(text).isEmpty();
        }
    }

    /** Whether it was understood; if so the library must agree, both ways in which it is asked. */
    private static boolean agrees(String text) {
        Optional<List<Map<String, Object>>> read = BlockYaml.read(text);
        read.ifPresent(documents -> {
            assertThat(ManifestYaml.anyDocuments(text)).as(text).isEqualTo(documents);
            assertThat(YamlTrees.any(text)).as(text).isEqualTo(documents);
            assertThat(String.valueOf(ManifestYaml.anyDocuments(text)))
                    .as("order of " + text)
                    .isEqualTo(String.valueOf(documents));
        });
        return read.isPresent();
    }

    private static List<String> goldens() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "golden"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private static String broken(String text, Random random) {
        StringBuilder broken = new StringBuilder(text);
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(broken.length());
            switch (random.nextInt(4)) {
                case 0 -> broken.deleteCharAt(at);
                case 1 -> {
                    int line = broken.indexOf("\n", at);
                    broken.delete(at, line < 0 ? at : line + 1);
                }
                case 2 ->
                    broken.insert(Math.max(0, broken.indexOf("\n", at)), PIECES.get(random.nextInt(PIECES.size())));
                default -> broken.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            }
            broken.append(broken.length() == 0 ? "\n" : "");
        }
        return broken.toString();
    }

    private static Map<String, Object> map(Random random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int n = random.nextInt(12 / (depth + 1)); n >= 0; n--) {
            map.put(text(random), value(random, depth));
        }
        return map;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 4 : 7)) {
            case 0 -> random.nextInt(1_000);
            case 1 -> random.nextBoolean();
            case 2, 3 -> text(random);
            case 4 -> map(random, depth + 1);
            default ->
                Stream.generate(() -> value(random, depth + 1))
                        .limit(random.nextInt(4))
                        .toList();
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("k" + random.nextInt(1_000));
        for (int n = random.nextInt(3); n > 0; n--) {
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            text.append(random.nextInt(4) == 0 ? piece.replace("\ud83d", "") : "x");
        }
        return text.toString();
    }
}
