package dev.lintel.mesh.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.YamlLines;
import dev.lintel.mesh.imports.Import;
import dev.lintel.mesh.istio.IstioDialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** YAML that is a trap: told with its line, and never a larger tree than its text. */
class BadYamlTest {
    private static final String HEAD = "apiVersion: v1\nkind: Thing\nmetadata: {name: a, namespace: shop}\nspec:\n";

    /** Each level holds the one before it nine times: the text is short, and its tree would have a number of 12 digits. */
    @Test
    void aBombIsRefusedBeforeItGrows() {
        StringBuilder bomb = new StringBuilder(HEAD + "  a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        long nodes = 10;
        for (int i = 1; i < 12; i++) {
            String before = "*a" + (i - 1);
            bomb.append(
                    "  a%d: &a%d [%s]\n".formatted(i, i, String.join(",", java.util.Collections.nCopies(9, before))));
            nodes = 9 * nodes + 1;
        }
        assertThat(bomb.length()).isLessThan(1_000);
        assertThat(nodes).isGreaterThan(100_000_000_000L);

        assertThatThrownBy(() -> ManifestYaml.readAny(bomb.toString(), "shop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 5 has an anchor or an alias; say what is meant where it is meant, which is not read");
        // What reads our own files takes an alias for a text, so that it has as many nodes as signs.
        assertThat(nodes(ManifestYaml.read(bomb.toString()).get(0).spec())).isLessThan(bomb.length());
    }

    @Test
    void anchorsMergeKeysAndTagsAreRefusedWithTheirLine() {
        refused(HEAD + "  a: &x {b: 1}\n", "line 5 has an anchor or an alias");
        refused(HEAD + "  a: {b: 1}\n  <<: {c: 1}\n", "line 6 has a merge key");
        refused(HEAD + "  a: !!set {b}\n", "line 5 has a tag");
        refused(HEAD + "  a: !java.net.URL [x]\n", "line 5 has a tag");
    }

    @Test
    void keysThatStandTwiceAreRefused() {
        refused(HEAD + "  a: 1\n  a: 2\n", "line 6 is not YAML: Duplicate");
        refused(HEAD + "  a: 1\nspec: {}\n", "is not YAML: Duplicate");
        assertThatThrownBy(() -> ManifestYaml.read(HEAD + "  a: 1\n  a: 2\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fiftyMegabytesAreRefusedUnread() {
        String huge = "#".repeat(50 * 1024 * 1024);

        refused(huge, "is longer than 4194304 characters");
        assertThatThrownBy(() -> ManifestYaml.read(huge)).hasMessage("is longer than 4194304 characters");
        assertThat(YamlLines.of(huge)).isEmpty();
        assertThatThrownBy(() -> Import.by(IstioDialect.istio()).yaml(huge, "shop"))
                .hasMessage("is longer than 4194304 characters");
        assertThatThrownBy(() -> Import.by(IstioDialect.istio()).springCloudGateway(huge, "shop"))
                .hasMessage("is longer than 4194304 characters");
    }

    @Test
    void moreThanAMillionValuesAreRefused() {
        String text = HEAD + "  many: [" + "1,".repeat(1_000_000) + "1]\n";
        assertThat(text.length()).isLessThan(ManifestYaml.LIMIT);

        refused(text, "has more than 1000000 values");
    }

    @Test
    void deepTreesAreRefused() {
        refused(HEAD + "  a: " + "[".repeat(100_000), "is not YAML");
        refused(HEAD + "  a: " + "{a: ".repeat(70) + "1" + "}".repeat(70) + "\n", "");
        assertThatThrownBy(() -> ManifestYaml.read(HEAD + "  a: " + "[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyDocumentsAndLongTextsAreReadUpToTheSize() {
        assertThat(ManifestYaml.readAny((HEAD + "  a: 1\n---\n").repeat(10_000) + HEAD + "  a: 1\n", "shop"))
                .hasSize(10_001);
        assertThat(ManifestYaml.readAny("---\n".repeat(100_000), "shop")).isEmpty();
        String text = "x".repeat(1_000_000);
        assertThat(ManifestYaml.readAny(HEAD + "  a: " + text + "\n", "shop")
                        .get(0)
                        .spec())
                .containsEntry("a", text);
    }

    @Test
    void endsOfLinesAndTheMarkOfABeginningMeanNothing() {
        List<Manifest> plain = ManifestYaml.readAny(HEAD + "  a: b\n", "shop");

        assertThat(ManifestYaml.readAny((HEAD + "  a: b\n").replace("\n", "\r\n"), "shop"))
                .isEqualTo(plain);
        assertThat(ManifestYaml.readAny("\uFEFF" + HEAD + "  a: b\n", "shop")).isEqualTo(plain);
    }

    @Test
    void tabsAndSignsThatYamlHasNotAreRefused() {
        refused(HEAD + "\ta: 1\n", "is not YAML");
        refused(HEAD + "  a: \u0000\n", "is not YAML");
        refused("@", "is not YAML");
        refused("- a\n", "document 1 holds an object whose 'document' is no map");
    }

    /** Bytes that are not UTF-8 are read as signs that stand for them, and never as another text without a word. */
    @Test
    void bytesOfAnotherCharsetStaySeen() {
        byte[] latin = (HEAD + "  a: caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(ManifestYaml.readAny(new String(latin, StandardCharsets.UTF_8), "shop")
                        .get(0)
                        .spec())
                .containsEntry("a", "caf\uFFFD");
    }

    private static void refused(String text, String why) {
        assertThatThrownBy(() -> ManifestYaml.readAny(text, "shop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static long nodes(Object tree) {
        if (tree instanceof java.util.Map<?, ?> map) {
            return 1 + map.values().stream().mapToLong(BadYamlTest::nodes).sum();
        }
        return tree instanceof List<?> list
                ? 1 + list.stream().mapToLong(BadYamlTest::nodes).sum()
                : 1;
    }
}
