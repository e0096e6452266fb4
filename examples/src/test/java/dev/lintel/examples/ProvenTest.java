package dev.lintel.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the front page calls proven on a real mesh is what was measured there. */
class ProvenTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path MEASURED = ROOT.resolve("testbed/src/test/golden/parity.md");
    private static final String HEAD = "| said | in this JVM | as Istio objects | proven on a real mesh |";
    private static final String NOT_MEASURED = "–";
    /** Nothing is asked of a service that is not exposed. */
    private static final String EACH = "exposing a service, hosts";

    private static final Path TESTS = ROOT.resolve("testbed/src/test/golden/proven");

    /** Rows of the front page, by the policies of which the cases and the tests are. */
    private static final Map<String, List<String>> ROWS = Map.ofEntries(
            Map.entry(
                    "OAuth2: issuers, audiences, scopes, claims, public and denied paths",
                    List.of(
                            "auth.oauth2/v1",
                            "auth.oauth2/v1 with pinned keys",
                            "auth.oauth2/v1 while keys cannot be had")),
            Map.entry(
                    "callers by certificate; boundaries between namespaces",
                    List.of("auth.callers/v1", "Isolation/v1", "auth.callers/v1, Isolation/v1")),
            Map.entry("external authorizers: OPA, ext_authz", List.of("auth.ext-authz/v1")),
            Map.entry("what may leave", List.of("Egress/v1", "Egress/v1 through a gateway")),
            Map.entry("breaker: ejection and limits", List.of("traffic.breaker/v1")),
            Map.entry("load balancing, locality", List.of("traffic.load-balancing/v1")),
            Map.entry(
                    "services elsewhere: external, Cloud Foundry, Knative, other clusters",
                    List.of("traffic.served-by/v1")),
            Map.entry("several APIs at one host", List.of("entry.host/v1, entry.paths/v1")),
            Map.entry("split by weight", List.of("traffic.split/v1")),
            Map.entry("sticky by cookie", List.of("traffic.split/v1 by cookie")),
            Map.entry("routes to a version by path, method, header, query", List.of("traffic.route/v1")),
            Map.entry("versions chosen by header or cookie", List.of("traffic.choice/v1")),
            Map.entry("mirrors, faults", List.of("traffic.mirror/v1", "traffic.fault/v1")),
            Map.entry(
                    "retry with conditions, pauses, budget; time-out", List.of("traffic.retry/v1, traffic.timeout/v1")),
            Map.entry("redirects and direct answers", List.of("traffic.redirect/v1, traffic.respond/v1")),
            Map.entry(
                    "rewriting paths; setting, adding, removing headers",
                    List.of(
                            "traffic.rewrite-path/v1",
                            "traffic.set-header/v1, traffic.add-header/v1, traffic.remove-header/v1")));

    /** How many cases there are, how many of them show a deviation, and how many checks there are in tests of their own. */
    private record Count(int cases, int deviations, int checks) {
        Count and(Count other) {
            return new Count(cases + other.cases, deviations + other.deviations, checks + other.checks);
        }

        String words() {
            List<String> words = new ArrayList<>();
            if (cases > 0) {
                words.add(cases + " cases" + (deviations == 0 ? "" : ", listed deviations in " + deviations));
            }
            if (checks > 0) {
                words.add(checks + " checks in tests of their own");
            }
            return String.join("; ", words);
        }
    }

    @Test
    void theFrontPageSaysWhatWasMeasured() throws IOException {
        Map<String, Count> measured = measured();
        String page = Files.readString(ROOT.resolve("README.md"));
        List<List<String>> rows = rows(page.substring(page.indexOf(HEAD)));

        List<String> counted = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> policies = ROWS.getOrDefault(row.get(0), List.of());
            counted.addAll(policies);
            String expected = policies.stream()
                    .map(measured::get)
                    .reduce(Count::and)
                    .map(Count::words)
                    .orElse(row.get(0).equals(EACH) ? "each of the " + all(measured) + " cases" : NOT_MEASURED);
            assertThat(row.get(3)).as(row.get(0)).isEqualTo(expected);
        }
        assertThat(counted).as("each policy is in one row").containsExactlyInAnyOrderElementsOf(measured.keySet());
    }

    private static int all(Map<String, Count> measured) {
        return measured.values().stream().mapToInt(Count::cases).sum();
    }

    private static Map<String, Count> measured() throws IOException {
        Map<String, Count> measured = new LinkedHashMap<>();
        for (List<String> row : rows(Files.readString(MEASURED))) {
            if (row.get(0).startsWith("`")) {
                measured.put(
                        row.get(0).replace("`", ""),
                        new Count(Integer.parseInt(row.get(1)), Integer.parseInt(row.get(3)), 0));
            }
        }
        try (Stream<Path> files = Files.list(TESTS)) {
            for (Path file : files.toList()) {
                String[] row = Files.readString(file).split("\\|");
                String test = row[2].strip().replace("`", "");
                assertThat(ROOT.resolve("testbed/src/test/java/dev/lintel/testbed/plane/" + test + ".java"))
                        .as("%s", file)
                        .exists();
                measured.merge(
                        row[1].strip().replace("`", ""), new Count(0, 0, Integer.parseInt(row[4].strip())), Count::and);
            }
        }
        return measured;
    }

    /** The cells of the first table of a text, without its head. */
    private static List<List<String>> rows(String text) {
        return text.lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line ->
                        List.of(line.substring(1, line.length() - 1).strip().split(" *\\| *", -1)))
                .toList();
    }
}
