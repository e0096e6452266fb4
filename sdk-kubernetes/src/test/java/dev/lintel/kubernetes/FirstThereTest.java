package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.kubernetes.ApplyJournal.Said;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target.State;
import dev.lintel.mesh.steps.Step;
import dev.lintel.mesh.steps.Step.Doing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who was first where an apply was cut off, by the journal and by who owns what since when. */
class FirstThereTest {
    private static final Manifest NEW = manifest("new");
    private static final Manifest OLD = manifest("old");
    private static final String AT = "2026-11-27T19:02:1";

    private static Manifest manifest(String name) {
        return new Manifest(
                "networking.istio.io/v1", "DestinationRule", "shop", name, Map.of(), Map.of(), Map.of("host", name));
    }

    /** What is made by the second of three steps, with one that is changed by the first. */
    private static List<JournalEntry> entries() {
        return JournalEntry.of(
                new State("", List.of(OLD), List.of()),
                List.of(
                        new Step(Doing.APPLY, "first", List.of(OLD)),
                        new Step(Doing.APPLY, "second", List.of(NEW)),
                        new Step(Doing.APPLY, "third", List.of(NEW))),
                UnaryOperator.identity());
    }

    private static Said said(String state, int done, List<JournalEntry> entries) {
        return new Said("1", state, "a", "me", "now", "b", done + " of 3", done, entries);
    }

    private static Map<String, Object> owner(String manager, String time, String fields) {
        return Map.of("manager", manager, "time", time, "fieldsV1", Map.of(fields, Map.of()));
    }

    private static LiveObject live(String created, List<Map<String, Object>> owners) {
        return new LiveObject(
                ObjectKind.of(NEW).orElseThrow(),
                Map.of(
                        "metadata",
                        Map.of(
                                "name",
                                "new",
                                "namespace",
                                "shop",
                                "creationTimestamp",
                                created,
                                "managedFields",
                                owners)));
    }

    private static boolean isOthers(Said said, LiveObject live) {
        String key = entries().get(1).key();
        Set<String> others = FirstThere.others(Optional.of(said), Map.of(key, live));
        assertThat(others).isSubsetOf(key);
        return !others.isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // made by us, and by nobody else
        "1Z, 1Z, '', '', false",
        "2Z, 1Z, '', '', false",
        // somebody came after us
        "1Z, 1Z, 3Z, f:spec, false",
        // a controller was as quick as we were
        "1Z, 1Z, 1Z, f:metadata, false",
        // somebody had made it, long before or just before
        "1Z, 3Z, 1Z, f:spec, true",
        "1Z, 3Z, 2Z, f:spec, true",
        "1Z, 1Z, 1Z, f:spec, true",
        "1Z, 3Z, '', '', true"
    })
    void whoMadeItIsToldByWhenEachOwnsHisFields(String made, String ours, String theirs, String field, boolean others) {
        List<Map<String, Object>> owners = new ArrayList<>();
        owners.add(owner(ClusterTarget.MANAGER, AT + ours, "f:spec"));
        if (!theirs.isEmpty()) {
            owners.add(owner("somebody", AT + theirs, field));
        }

        assertThat(isOthers(said(ApplyJournal.APPLYING, 1, entries()), live(AT + made, owners)))
                .isEqualTo(others);
    }

    /** Whoever writes the status finds an object there, and makes none. */
    @Test
    void whoWritesASubresourceHasMadeNothing() {
        Map<String, Object> status = new HashMap<>(owner("somebody", AT + "1Z", "f:spec"));
        status.put("subresource", "status");
        List<Map<String, Object>> owners = List.of(owner(ClusterTarget.MANAGER, AT + "1Z", "f:spec"), status);

        assertThat(isOthers(said(ApplyJournal.APPLYING, 1, entries()), live(AT + "1Z", owners)))
                .isFalse();
    }

    @Test
    void onlyWhatAnApplyWasMakingWhenItWasCutOffIsInDoubt() {
        LiveObject theirs = live(
                AT + "1Z",
                List.of(owner(ClusterTarget.MANAGER, AT + "3Z", "f:spec"), owner("somebody", AT + "1Z", "f:spec")));

        assertThat(isOthers(said(ApplyJournal.APPLYING, 0, entries()), theirs)).isTrue();
        assertThat(isOthers(said(ApplyJournal.APPLYING, 1, entries()), theirs)).isTrue();
        assertThat(isOthers(said(ApplyJournal.APPLYING, 2, entries()), theirs)).isFalse();
        assertThat(isOthers(said(ApplyJournal.APPLIED, 1, entries()), theirs)).isFalse();
    }

    @Test
    void whoGoesOnKeepsWhatWasFoundOut() {
        Said cut = said(ApplyJournal.APPLYING, 1, entries());
        String key = entries().get(1).key();

        assertThat(cut.settled(Set.of()).doubtful()).isEmpty();
        Said back = cut.settled(Set.of(key)).now(ApplyJournal.ROLLING_BACK, "3 of 3", 3);
        assertThat(back.doubtful()).extracting(JournalEntry::key).containsExactly(key);
        assertThat(JournalEntry.together(back.entries(), entries()))
                .extracting(JournalEntry::made)
                .containsExactly(0, JournalEntry.DOUBTFUL);
    }

    /** Of two that an apply was making when it was cut off one was there already, and that one stands against going on. */
    @Test
    void onlyWhatSomebodyElseHasMadeStandsAgainstGoingOn() throws IOException {
        JournalPlace place = new JournalPlace("lintel-system", "");
        List<JournalEntry> entries = JournalEntry.of(
                new State("", List.of(), List.of()),
                List.of(new Step(Doing.APPLY, "first", List.of(manifest("mine"), manifest("theirs")))),
                UnaryOperator.identity());
        Json json = new Json();
        Map<String, Object> journal = Map.of(
                "metadata",
                Map.of("resourceVersion", "1", "labels", Map.of(JournalPlace.LABEL, place.inventory())),
                "data",
                Map.of("state", ApplyJournal.APPLYING, "done", "0"),
                "binaryData",
                Map.of("before", JournalText.write(entries, json).orElseThrow()));
        Map<String, Object> mine = there("mine", List.of(owner(ClusterTarget.MANAGER, AT + "1Z", "f:spec")));
        Map<String, Object> theirs = there(
                "theirs",
                List.of(owner(ClusterTarget.MANAGER, AT + "3Z", "f:spec"), owner("somebody", AT + "1Z", "f:spec")));

        try (FakeApiserver server = new FakeApiserver(call -> FakeApiserver.Answer.ok(json.write(
                call.contains("configmaps")
                        ? journal
                        : call.contains("/mine")
                                ? mine
                                : call.contains("/theirs") ? theirs : Map.of("items", List.of(mine, theirs)))))) {
            Applying.Tools tools = new Applying.Tools(server.transport(), json, null, place);

            assertThat(FirstThere.problems(tools, Inventory.UNNAMED))
                    .extracting(Problem::path)
                    .containsExactly("DestinationRule shop/theirs");
        }
    }

    private static Map<String, Object> there(String name, List<Map<String, Object>> owners) {
        return Map.of(
                "apiVersion",
                "networking.istio.io/v1",
                "kind",
                "DestinationRule",
                "metadata",
                Map.of(
                        "name",
                        name,
                        "namespace",
                        "shop",
                        "labels",
                        Map.of(Manifest.MANAGED_BY, Manifest.LINTEL),
                        "creationTimestamp",
                        AT + "1Z",
                        "managedFields",
                        owners),
                "spec",
                Map.of("host", name));
    }
}
