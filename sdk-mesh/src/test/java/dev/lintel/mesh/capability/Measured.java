package dev.lintel.mesh.capability;

import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.capability.Capability.Support;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What was measured in a real mesh, feature by feature: by which cases and tests, or why not. */
final class Measured {
    /** Which programs are measured is said where they are built. */
    private static final Path PROGRAMS = Path.of("..", "testbed", "data-plane", "build.sh");

    private static final Path GOLDENS = Path.of("..", "testbed", "src", "test", "golden");
    private static final String TEXT = """

            ## Measured in a real mesh

            The same requests are answered by the evaluator, by the gateway of this JVM over real connections, by real Envoys that the
            real istiod has configured after a plan and an apply (Istio, sidecars), and by what is read of the objects in the cluster.
            Verdict, status, version, path and headers are compared, and counts where something is drawn. A case is a row of
            `testbed/src/test/resources/parity`; where the mesh answers otherwise, it names the deviation that the plan lists. `mvn verify
            -Pmesh` asks again, and puts at least 2,000 requests about drawn definitions beside them.

            """;
    private static final String TESTS = """

            What is no single request has tests of its own, with as many checks, each of which writes its row when all of them hold:

            | policy | test | worlds | checks | deviations |
            |---|---|---|---|---|
            """;
    private static final String FEATURES = """

            Feature by feature. Cases are counted by policy: where several features are said by one policy, or several policies are asked
            together, each of them has the count of all these cases, and how many of them are about it alone is not counted.

            | what | measured |
            |---|---|
            """;

    /** Which rows of the tables above are about a feature. */
    private static final Map<Feature, List<String>> ROWS = new EnumMap<>(Feature.class);
    /** Why a feature has no row. */
    private static final Map<Feature, String> NOT = new EnumMap<>(Feature.class);

    /** What of a feature has none, although others have. */
    private static final Map<Feature, String> PART = new EnumMap<>(Feature.class);

    static {
        List.of(Feature.HOST, Feature.PATHS, Feature.PATH_PARAMETERS)
                .forEach(each -> rows(each, "entry.host/v1, entry.paths/v1"));
        List.of(Feature.TOKEN, Feature.SCOPES, Feature.CLAIMS, Feature.PUBLIC_PATHS)
                .forEach(each -> rows(each, "auth.oauth2/v1"));
        rows(
                Feature.TOKEN,
                "auth.oauth2/v1",
                "auth.oauth2/v1 with pinned keys",
                "auth.oauth2/v1 while keys cannot be had");
        rows(Feature.CALLERS, "auth.callers/v1", "auth.callers/v1, Isolation/v1");
        rows(Feature.ISOLATION, "Isolation/v1", "auth.callers/v1, Isolation/v1");
        rows(Feature.EXT_AUTHZ, "auth.ext-authz/v1");
        rows(Feature.EGRESS, "Egress/v1");
        rows(Feature.EGRESS_GATEWAY, "Egress/v1 through a gateway");
        rows(Feature.ROUTE, "traffic.route/v1");
        rows(Feature.VERSION, "traffic.split/v1", "traffic.route/v1");
        rows(Feature.WORKLOADS, "traffic.split/v1", "traffic.route/v1");
        rows(Feature.SPLIT, "traffic.split/v1");
        rows(Feature.STICKY_COOKIE, "traffic.split/v1 by cookie");
        rows(Feature.CHOICE_REQUEST, "traffic.choice/v1");
        rows(Feature.MIRROR, "traffic.mirror/v1");
        rows(Feature.FAULT, "traffic.fault/v1");
        rows(Feature.BREAKER, "traffic.breaker/v1");
        rows(Feature.LOAD_BALANCING, "traffic.load-balancing/v1");
        List.of(Feature.RETRY, Feature.TIMEOUT).forEach(each -> rows(each, "traffic.retry/v1, traffic.timeout/v1"));
        rows(Feature.REWRITE, "traffic.rewrite-path/v1");
        List.of(Feature.REDIRECT, Feature.REDIRECT_STATUS, Feature.RESPOND)
                .forEach(each -> rows(each, "traffic.redirect/v1, traffic.respond/v1"));
        List.of(Feature.SET_HEADER, Feature.ADD_HEADER, Feature.REMOVE_HEADER)
                .forEach(each -> rows(each, "traffic.set-header/v1, traffic.add-header/v1, traffic.remove-header/v1"));
        rows(Feature.EXTERNAL, "traffic.served-by/v1");
        PART.put(Feature.VERSION, "by a service of their own: not");
        PART.put(Feature.EXT_AUTHZ, "bodies that are shown: not");
        PART.put(Feature.EGRESS, "names below a wildcard: not");
        PART.put(Feature.EGRESS_GATEWAY, "NetworkPolicies: not, for want of a network plugin");
        PART.put(Feature.ISOLATION, "NetworkPolicies: not, for want of a network plugin; where calls may go: not");
        PART.put(Feature.RETRY, "pauses and budgets: not");
        PART.put(Feature.FAULT, "delays: not");
        PART.put(Feature.BREAKER, "limits of connections and calls: not");
        PART.put(Feature.LOAD_BALANCING, "nearby first: not");
        NOT.put(Feature.MIRROR_SHARE, "no: copies of all calls are");
        NOT.put(Feature.GRPC, "no: the workloads of the test bed speak HTTP/1.1");
        NOT.put(Feature.AUTHORIZERS, "no: istiod of the test bed is set up for one");
        String far = "no: written as a service elsewhere, which is measured";
        NOT.put(Feature.CLOUD_FOUNDRY, far);
        NOT.put(Feature.KNATIVE, far);
        NOT.put(Feature.REMOTE_CLUSTER, far);
    }

    private Measured() {}

    private static void rows(Feature feature, String... rows) {
        ROWS.put(feature, List.of(rows));
    }

    /** The end of the page. */
    static String section(List<Capability> capabilities, List<Deviation> deviations) throws IOException {
        String cases = Files.readString(GOLDENS.resolve("parity.md"));
        List<String> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(GOLDENS.resolve("proven"))) {
            for (Path file : files.sorted().toList()) {
                tests.add(Files.readString(file));
            }
        }
        StringBuilder page = new StringBuilder(TEXT)
                .append("Measured with Istio " + program("ISTIO") + ", its sidecars, and Envoy " + program("ENVOY")
                        + ", and with nothing else: other\n")
                .append(
                        "releases, waypoints, Gateway API, Envoy Gateway and Kyma are written for, and no request of theirs was sent here.\n\n")
                .append(cases)
                .append(TESTS);
        tests.forEach(page::append);
        page.append(FEATURES);
        for (Capability one : capabilities) {
            page.append("| ")
                    .append(one.feature().text())
                    .append(" | ")
                    .append(measured(one, cases, tests))
                    .append(" |\n");
        }
        List<String> rows = Stream.concat(cases.lines(), tests.stream().flatMap(String::lines))
                .toList();
        return page.append(Shown.section(deviations, rows)).toString();
    }

    private static String program(String name) throws IOException {
        String script = Files.readString(PROGRAMS);
        return script.substring(script.indexOf(name + "=") + name.length() + 1).split("\\s", 2)[0];
    }

    private static String measured(Capability one, String cases, List<String> tests) {
        Feature feature = one.feature();
        List<String> found = new ArrayList<>();
        for (String row : ROWS.getOrDefault(feature, List.of())) {
            String begins = "| `" + row + "` |";
            List<String> here = Stream.concat(cases.lines(), tests.stream().flatMap(String::lines))
                    .filter(line -> line.startsWith(begins))
                    .toList();
            if (here.isEmpty()) {
                throw new AssertionError(feature + " is measured by '" + row + "', of which there is no row");
            }
            here.forEach(line -> found.add(words(line)));
        }
        if (one.support() == Support.REFUSED) {
            if (!found.isEmpty() || NOT.containsKey(feature)) {
                throw new AssertionError(feature + " is refused, and cannot be measured");
            }
            return "refused at plan";
        }
        String reason = NOT.get(feature);
        if (found.isEmpty() == (reason == null)) {
            throw new AssertionError(feature + " needs rows that are about it, or a reason why there is none");
        }
        if (PART.containsKey(feature)) {
            found.add(PART.get(feature));
        }
        return reason == null ? String.join("; ", found) : reason;
    }

    /** A row of cases has their number second, one of a test its name. */
    private static String words(String line) {
        String[] cells = line.split(" \\| ?");
        boolean test = cells[1].startsWith("`");
        return test ? cells[3] + " checks of " + cells[1] : cells[1] + " cases of " + cells[0].substring(2);
    }
}
