package dev.lintel.cli;

import dev.lintel.core.Problem;
import dev.lintel.core.plan.Drift;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.target.DirectoryCheck;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Ways out as somebody takes them on the command line: where a hint names a call of the API, the option that does it. */
final class OptionWords {
    private static final String REASON = "--allow-widening \"reason\"";

    /** The longer ones first, because some hold others. */
    private static final Map<String, String> WORDS = words();

    private OptionWords() {}

    private static Map<String, String> words() {
        Map<String, String> words = new TreeMap<>((one, other) ->
                one.length() == other.length() ? one.compareTo(other) : Integer.compare(other.length(), one.length()));
        words.put("undo().allowWidening(\"reason\").rollback()", REASON);
        words.put("undo().allowWidening(\"reason\")", REASON);
        words.put("allowWidening(\"reason\") on the plan", REASON);
        words.put("allowWidening(\"reason\")", REASON);
        words.put("Conflicts.TAKE_OVER", "--on-conflict take-over");
        words.put("Conflicts.YIELD", "--on-conflict yield");
        words.put("name another namespace for the journal", "name another namespace by --journal-namespace");
        words.put("name another namespace by journalIn", "name another namespace by --journal-namespace");
        words.put("go back by lastUndo()", "go back by 'lintel rollback'");
        words.put("ClusterTarget.rights prints the Roles", "'lintel rights' prints the Roles");
        words.put("apply without verifiedBy(…)", "apply without --verify");
        words.put("leave out kustomized()", "leave out --kustomized");
        words.put("say kyma() without onlyApiRules()", "leave out --only-api-rules");
        words.put(
                "as in ingress(IngressGateway.standard().https(443, \"{namespace}-certificate\"))",
                "as in --https \"{namespace}-certificate\"");
        words.put(
                "as in gateway(SharedGateway.standard().https(443, \"{namespace}-certificate\"))",
                "as in --https \"{namespace}-certificate\"");
        words.put("say gatewayClass(…) to the dialect", "say --gateway-class");
        words.put("say ingress(IngressGateway.standard().at(…).selectedBy(…))", "say --gateway and --gateway-label");
        words.put("say preflight().rootNamespace(…) and revision(…)", "say --control-plane and --revision");
        words.put("say preflight().rootNamespace(…)", "say --control-plane");
        words.put("say preflight().revision", "say --revision");
        return words;
    }

    static Problem of(Problem problem) {
        String hint = of(problem.hint());
        return hint.equals(problem.hint())
                ? problem
                : new Problem(problem.code(), problem.path(), problem.message(), hint, problem.origin());
    }

    static List<Problem> of(List<Problem> problems) {
        return problems.stream().map(OptionWords::of).toList();
    }

    /** The same plan, to be shown and never to be applied. */
    static Plan of(Plan plan) {
        return new Plan(
                plan.world(),
                plan.base(),
                plan.desired(),
                plan.changes(),
                plan.effects(),
                of(plan.problems()),
                of(plan.warnings()),
                plan.deviations(),
                plan.guarantees(),
                plan.widening());
    }

    static Drift of(Drift drift) {
        return new Drift(
                drift.world(),
                drift.objects(),
                drift.effects(),
                of(drift.opened()),
                of(drift.warnings()),
                of(drift.problems()));
    }

    static DirectoryCheck of(DirectoryCheck check) {
        return new DirectoryCheck(
                check.directory(), check.objects(), of(check.problems()), check.differences(), of(check.warnings()));
    }

    /** The text of a plan. */
    static String rendered(Plan plan, boolean whole, boolean colours) {
        Plan said = of(plan);
        return (whole ? said.render(colours) : said.summary(colours))
                .replace(
                        "  ! widens access, and is refused unless allowWidening(\"reason\") is said",
                        "  ! widens access, and is refused without " + REASON);
    }

    private static String of(String text) {
        String said = text;
        for (Map.Entry<String, String> word : WORDS.entrySet()) {
            said = said.replace(word.getKey(), word.getValue());
        }
        return said;
    }
}
