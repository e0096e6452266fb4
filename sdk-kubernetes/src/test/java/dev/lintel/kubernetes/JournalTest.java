package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target.State;
import dev.lintel.mesh.steps.Step;
import dev.lintel.mesh.steps.Step.Doing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a journal notes, its limits, and what it makes of texts that are none of its own. */
class JournalTest {
    private static final Json JSON = new Json();
    private static final Applying.Tools TOOLS =
            new Applying.Tools(null, JSON, null, new JournalPlace("lintel-system", "shop"));

    private static Manifest rule(String name, String host) {
        return new Manifest(
                "networking.istio.io/v1",
                "DestinationRule",
                "shop",
                name,
                Map.of("app.kubernetes.io/managed-by", "lintel"),
                Map.of("lintel.dev/grpc", "orders"),
                Map.of("host", host, "subsets", List.of(Map.of("name", "v1")), "port", 8080, "on", true));
    }

    @Test
    void readsWhatItWrites() {
        Manifest was = rule("orders", "a");
        List<JournalEntry> entries = List.of(
                new JournalEntry(bare("orders"), was, Set.of("1", "2"), true, 0),
                new JournalEntry(bare("stock"), null, Set.of("3", JournalEntry.ABSENT), false, 3));

        List<JournalEntry> read =
                JournalText.read(JournalText.write(entries, JSON).orElseThrow(), JSON);

        assertThat(read).isEqualTo(entries);
    }

    private static Manifest bare(String name) {
        return new Manifest("networking.istio.io/v1", "DestinationRule", "shop", name, Map.of(), Map.of(), Map.of());
    }

    @Test
    void anEntryKnowsWhatWasThereAndWhatEveryStepMakesOfIt() {
        Manifest was = rule("orders", "was");
        Manifest half = rule("orders", "half");
        Manifest is = rule("orders", "is");
        State state = new State("", List.of(was), List.of());

        JournalEntry changed = JournalEntry.of(
                        state,
                        List.of(
                                new Step(Doing.APPLY, "close", List.of(half)),
                                new Step(Doing.APPLY, "open", List.of(is))),
                        UnaryOperator.identity())
                .get(0);

        assertThat(List.of(was, half, is)).allMatch(changed::knows);
        assertThat(changed.knows(rule("orders", "else"))).isFalse();
        assertThat(changed.knows(null)).isFalse();
        assertThat(changed.isBack(was, UnaryOperator.identity())).isTrue();
        assertThat(changed.isBack(half, UnaryOperator.identity())).isFalse();

        JournalEntry gone = JournalEntry.of(
                        state, List.of(new Step(Doing.DELETE, "gone", List.of(was))), UnaryOperator.identity())
                .get(0);

        assertThat(gone.knows(null)).isTrue();
        assertThat(gone.knows(is)).isFalse();
        assertThat(gone.isBack(null, UnaryOperator.identity())).isFalse();
    }

    @Test
    void whoGoesOnKeepsWhatWasThereFirst() {
        JournalEntry begun = new JournalEntry(bare("orders"), rule("orders", "first"), Set.of("1"), false, 0);
        JournalEntry more = new JournalEntry(bare("orders"), rule("orders", "half"), Set.of("2"), true, 0);
        JournalEntry other = new JournalEntry(bare("stock"), null, Set.of("3"), false, 0);

        assertThat(JournalEntry.together(List.of(begun), List.of(more, other)))
                .containsExactly(
                        new JournalEntry(bare("orders"), rule("orders", "first"), Set.of("1", "2"), false, 0), other);
    }

    @Test
    void whatIsTooLargeIsNotNotedAndToldBefore() {
        List<Manifest> many = random(1_000, 1_600);
        State there = new State("", many, List.of());

        assertThat(JournalWarnings.tooLarge(TOOLS, there, List.of(), many))
                .extracting(Problem::code, Problem::path)
                .containsExactly(tuple("cluster.no-way-back", "ConfigMap lintel-system/lintel.shop"));
        assertThat(JournalWarnings.tooLarge(TOOLS, there, List.of(), many.subList(0, 999)))
                .isEmpty();
        assertThat(JournalWarnings.tooLarge(TOOLS, new State("", List.of(), List.of()), many, List.of()))
                .isEmpty();
        assertThat(new ClusterPast(null, TOOLS, "7", "", null, Set.of()).obstacles(there))
                .extracting(Problem::code)
                .containsExactly("cluster.no-way-back");
    }

    /** Objects that cannot be compressed. */
    private static List<Manifest> random(int count, int length) {
        Random random = new Random(4711);
        List<Manifest> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            all.add(rule("r" + i, Base64.getEncoder().encodeToString(bytes)));
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "bm8gZ3ppcA=="})
    void aTextOfSomebodyElseIsRefused(String text) {
        assertThatThrownBy(() -> JournalText.read(text, JSON)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTextThatGrowsIsRefused() throws IOException {
        assertThatThrownBy(() -> JournalText.read(packed("\n".repeat(64 * 1024 * 1024 + 1)), JSON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("is larger than 67108864 bytes");
    }

    @Test
    void anObjectOfAnotherKindIsRefused() throws IOException {
        String secret =
                packed("{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"namespace\": \"shop\", \"name\": \"x\","
                        + " \"spec\": {}}");

        assertThatThrownBy(() -> JournalText.read(secret, JSON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("names an object of a kind that no dialect writes");
    }

    private static String packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    @ParameterizedTest
    @CsvSource({
        "'', lintel",
        "shop, lintel\\.shop",
        "Shop, lintel\\.inventory\\.[0-9a-f]{16}",
        "a.b, lintel\\.inventory\\.[0-9a-f]{16}"
    })
    void everyInventoryHasANameOfAnObject(String inventory, String pattern) {
        assertThat(new JournalPlace("lintel-system", inventory).name()).matches(pattern);
    }

    @Test
    void namesThatDifferStayDifferent() {
        assertThat(List.of("Shop", "SHOP", "a.b", "a_b").stream()
                        .map(each -> new JournalPlace("lintel-system", each).name())
                        .distinct())
                .hasSize(4);
    }
}
