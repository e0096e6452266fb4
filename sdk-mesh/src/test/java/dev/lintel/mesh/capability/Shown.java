package dev.lintel.mesh.capability;

import dev.lintel.core.plan.Deviation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** By what each deviation of a mesh was shown in real proxies, or why it was not. */
final class Shown {
    private static final String TEXT = """

            Deviation by deviation:

            | code | shown by |
            |---|---|
            """;
    private static final Map<String, String> NOT = new TreeMap<>();

    static {
        not(
                "what is passed on is not looked at by the cases",
                "istio.elsewhere-headers",
                "istio.egress-gateway-headers");
        not(
                "access in front of services elsewhere has no test in the test bed yet",
                "istio.elsewhere-inside",
                "istio.elsewhere-authorization",
                "istio.elsewhere-both",
                "istio.gateway-unread",
                "istio.gateway-tokens");
        not("the workloads of the test bed speak HTTP/1.1", "istio.grpc-status", "istio.grpc-retries");
        not(
                "the issuer of the test bed signs by one algorithm, and names a subject",
                "istio.algorithms",
                "istio.no-subject");
        not("no definition says it: it comes of what is read", "istio.tokens-passed");
        not("nobody of the mesh enters by the host in the cases", "istio.callers-who-enter");
        not("no case has access at a host that APIs share", "istio.odd-unclaimed");
        not(
                "every API of the cases that asks for something has a path by which escapes pass",
                "istio.lower-case-escapes");
        not("copies are counted, and not looked at", "istio.mirror-host");
        not("one gateway is asked, and two workloads of which one fails", "istio.per-proxy", "istio.ejection-percent");
        not("the cases call a service of which nothing is said without failures only", "istio.inside-retries");
        not(
                "every host outside has a private address, a name of its own, and ports 80 and 443",
                "istio.egress-addresses",
                "istio.egress-wildcard",
                "istio.egress-protocol");
        not("the egress gateway of the test bed is for all applications", "istio.egress-gateway-callers");
    }

    private Shown() {}

    private static void not(String reason, String... codes) {
        for (String code : codes) {
            NOT.put(code, reason);
        }
    }

    /**
     * A row for each deviation.
     *
     * @param deviations of a mesh with sidecars
     * @param rows of the tables of what was measured, which name deviations
     */
    static String section(List<Deviation> deviations, List<String> rows) {
        StringBuilder page = new StringBuilder(TEXT);
        for (Deviation one : deviations) {
            page.append("| `")
                    .append(one.code())
                    .append("` | ")
                    .append(by(one.code(), rows))
                    .append(" |\n");
        }
        List<String> known = deviations.stream().map(Deviation::code).toList();
        NOT.keySet().stream().filter(code -> !known.contains(code)).forEach(code -> {
            throw new AssertionError(code + " is no deviation any more");
        });
        return page.toString();
    }

    private static String by(String code, List<String> rows) {
        List<String> found = rows.stream()
                .filter(row -> row.contains("`" + code + "`"))
                .map(row -> row.split(Pattern.quote(" | "))[row.contains("Test` |") ? 1 : 0].replace("| ", ""))
                .toList();
        String reason = NOT.get(code);
        if (found.isEmpty() == (reason == null)) {
            throw new AssertionError(code + " needs a case or a test that shows it, or a reason why there is none");
        }
        return reason == null ? String.join(", ", found) : "no: " + reason;
    }
}
