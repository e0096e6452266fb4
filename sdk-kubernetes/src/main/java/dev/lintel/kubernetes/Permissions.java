package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.kubernetes.Rights.Rule;
import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks the apiserver whether the account of the client has some rights, where nothing else would tell before they are
 * used.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access">Kubernetes:
 *     checking API access</a>
 */
final class Permissions {
    private static final String PATH = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    private final Transport transport;
    private final Json json;

    Permissions(Transport transport, Json json) {
        this.transport = transport;
        this.json = json;
    }

    /** One verb for one kind, or one object of it. */
    private record Right(String namespace, String group, String resource, String name, String verb) {
        Right everywhere() {
            return new Right("", group, resource, name, verb);
        }
    }

    /** What is told in one problem. */
    private record Subject(String namespace, String resource, String name) {
        String where() {
            return resource + (name.isEmpty() ? "" : " " + name) + (namespace.isEmpty() ? "" : " in " + namespace);
        }
    }

    /**
     * Which of some rights are missing. Whoever may do something in all namespaces is not asked about each of them.
     *
     * @return one problem for each kind in each place, with all verbs; none where the apiserver does not say
     */
    List<Problem> missing(Rights rights) {
        List<Right> all =
                rights.rules().stream().flatMap(rule -> of(rule).stream()).toList();
        Set<Right> general = new LinkedHashSet<>();
        all.forEach(right -> general.add(right.everywhere()));
        Set<Right> refused = refused(List.copyOf(general));
        List<Right> left = all.stream()
                .filter(right -> refused.contains(right.everywhere()))
                .toList();
        Map<Subject, Set<String>> verbs = new LinkedHashMap<>();
        refused(left)
                .forEach(right -> verbs.computeIfAbsent(
                                new Subject(right.namespace(), right.resource(), right.name()),
                                s -> new LinkedHashSet<>())
                        .add(right.verb()));
        return verbs.entrySet().stream()
                .map(each -> problem(each.getKey(), String.join(" and ", each.getValue())))
                .toList();
    }

    private static List<Right> of(Rule rule) {
        List<Right> rights = new ArrayList<>();
        for (String resource : rule.resources()) {
            for (String name : rule.names().isEmpty() ? List.of("") : rule.names()) {
                rule.verbs()
                        .forEach(verb -> rights.add(new Right(rule.namespace(), rule.group(), resource, name, verb)));
            }
        }
        return rights;
    }

    private Set<Right> refused(List<Right> rights) {
        List<Reply> replies =
                transport.sendAll(rights.stream().map(this::question).toList());
        Set<Right> refused = new LinkedHashSet<>();
        for (int i = 0; i < rights.size(); i++) {
            if (replies.get(i).succeeded()
                    && json.read(replies.get(i).body()) instanceof Map<?, ?> review
                    && review.get("status") instanceof Map<?, ?> status
                    && Boolean.FALSE.equals(status.get("allowed"))) {
                refused.add(rights.get(i));
            }
        }
        return refused;
    }

    private Call question(Right right) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("namespace", right.namespace());
        attributes.put("group", right.group());
        attributes.put("resource", right.resource());
        attributes.put("name", right.name());
        attributes.put("verb", right.verb());
        Map<String, Object> review = new LinkedHashMap<>();
        review.put("apiVersion", "authorization.k8s.io/v1");
        review.put("kind", "SelfSubjectAccessReview");
        review.put("spec", Map.of("resourceAttributes", attributes));
        return new Call("POST", PATH, "application/json", json.write(review));
    }

    private static Problem problem(Subject subject, String verbs) {
        return new Problem(
                "cluster.forbidden",
                subject.where(),
                "may not be used with " + verbs + ", which applying may take",
                "give the account of this client " + (verbs.contains(" ") ? "the verbs " : "the verb ") + verbs
                        + " for " + subject.where() + "; ClusterTarget.rights prints the Roles",
                Origin.unknown());
    }
}
