package dev.lintel.mesh.kyma;

import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What must be so in the cluster for the objects to mean what they are meant to, and which way an API is written. */
final class Needs {
    private final KymaDialect dialect;
    private final ApiModel api;
    private final List<Problem> found = new ArrayList<>();

    Needs(KymaDialect dialect, ApiModel api) {
        this.dialect = dialect;
        this.api = api;
    }

    List<Problem> ofApiRule(List<Rule> rules) {
        gateway();
        add(
                "kyma.service",
                "the controller finds workloads by the selector of the Service '"
                        + api.service().name() + "', which must be "
                        + api.service().labels() + ", and refuses workloads without a sidecar",
                "compare with: kubectl -n " + api.namespace() + " get service "
                        + api.service().name() + " -o jsonpath={.spec.selector}");
        parameters(rules);
        return found;
    }

    List<Problem> ofPlainObjects(List<Problem> obstacles) {
        gateway();
        String reasons = obstacles.stream()
                .map(one -> one.message() + (one.origin().after(" (").isEmpty() ? "" : " (" + one.origin() + ")"))
                .collect(Collectors.joining("; "));
        String hints = obstacles.stream().map(Problem::hint).distinct().collect(Collectors.joining("; "));
        add(
                "kyma.plain-istio",
                "is exposed by Istio's own objects instead of an APIRule: " + reasons,
                "nothing need be done; to have an APIRule: " + hints);
        return found;
    }

    private void gateway() {
        String hosts = String.join("', '", api.entry().hosts());
        add(
                "kyma.gateway",
                "the gateway '" + dialect.gateway() + "' must serve '" + hosts
                        + "' with a certificate for it; a certificate for '*." + dialect.domain()
                        + "' is for names of one more label only",
                "give the gateway a certificate for '*." + api.namespace() + "." + dialect.domain() + "'");
    }

    /** A path parameter makes another path of a narrow one, which the gateway of Kyma does not refuse. */
    private void parameters(List<Rule> rules) {
        if (api.entry().pathParameters()) {
            return;
        }
        for (int i = 0; i < rules.size(); i++) {
            Rule narrow = rules.get(i);
            String sample = narrow.path().sample("1");
            String request = sample.endsWith("/") ? sample : sample + ";a=b";
            Optional<Rule> wide = rules.subList(i + 1, rules.size()).stream()
                    .filter(rule -> !rule.requirement().equals(narrow.requirement())
                            && !narrow.path().matches(request)
                            && rule.path().matches(request)
                            && rule.methods().stream().anyMatch(narrow.methods()::contains))
                    .findFirst();
            if (wide.isPresent()) {
                add(
                        "kyma.path-parameters",
                        "the service must not take path parameters off: Kyma does not refuse them, so that '" + request
                                + "' is asked what '" + wide.get().path() + "' asks, not what '" + narrow.path()
                                + "' asks",
                        "let the service answer 404 to a path with ';'");
                return;
            }
        }
    }

    private void add(String code, String message, String hint) {
        found.add(new Problem(code, api.id(), message, hint, api.origin()));
    }
}
