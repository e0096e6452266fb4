package dev.lintel.kubernetes;

import dev.lintel.mesh.ManifestYaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What an account may have to do in a cluster, no more and no less: it prints as the Roles that give it.
 *
 * @param rules in the order of their namespaces, those for all namespaces first
 * @param namespaces which are made with the Roles, because what is kept in them is ours alone: that of the journal
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/">Kubernetes: RBAC</a>
 */
public record Rights(List<Rule> rules, List<String> namespaces) {
    private static final String API = "rbac.authorization.k8s.io";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    /** Keeps the lists unchangeable. */
    public Rights {
        rules = List.copyOf(rules);
        namespaces = List.copyOf(namespaces);
    }

    /**
     * Rights in namespaces that are there.
     *
     * @param rules in the order of their namespaces, those for all namespaces first
     */
    public Rights(List<Rule> rules) {
        this(rules, List.of());
    }

    /**
     * Verbs for objects of one group in one place.
     *
     * @param namespace where; empty for all namespaces
     * @param group of the API, for example {@code networking.istio.io}; empty for the core
     * @param resources for example {@code virtualservices}
     * @param names of single objects; empty for all
     * @param verbs in the order of the alphabet
     */
    public record Rule(String namespace, String group, List<String> resources, List<String> names, List<String> verbs) {
        /** Keeps the lists unchangeable. */
        public Rule {
            resources = List.copyOf(resources);
            names = List.copyOf(names);
            verbs = List.copyOf(verbs);
        }

        private Map<String, Object> tree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("apiGroups", List.of(group));
            tree.put("resources", resources);
            if (!names.isEmpty()) {
                tree.put("resourceNames", names);
            }
            tree.put("verbs", verbs);
            return tree;
        }
    }

    /**
     * The same for an account that watches as well.
     *
     * @return what is listed is watched
     */
    public Rights forWatching() {
        return new Rights(
                rules.stream()
                        .map(rule -> {
                            Set<String> verbs = new TreeSet<>(rule.verbs());
                            if (verbs.contains("list")) {
                                verbs.add("watch");
                            }
                            return new Rule(
                                    rule.namespace(), rule.group(), rule.resources(), rule.names(), List.copyOf(verbs));
                        })
                        .toList(),
                namespaces);
    }

    /**
     * The objects that give these rights to an account: the namespaces that are made with them, a ClusterRole for what is
     * read in all namespaces, a Role for each namespace, and their bindings.
     *
     * @param name of all of them
     * @param namespace of the account
     * @param account the name of a ServiceAccount
     * @return YAML documents
     * @throws IllegalArgumentException if one of them is no name of an object
     */
    public String toYaml(String name, String namespace, String account) {
        for (String each : List.of(name, namespace, account)) {
            if (!NAME.matcher(each).matches()) {
                throw new IllegalArgumentException(
                        "'" + each + "' is no name: lower-case letters, digits, '-' and '.'");
            }
        }
        Map<String, List<Rule>> places = new LinkedHashMap<>();
        rules.forEach(rule ->
                places.computeIfAbsent(rule.namespace(), p -> new ArrayList<>()).add(rule));
        List<Map<String, Object>> documents = new ArrayList<>();
        for (String each : namespaces) {
            Map<String, Object> made = map("apiVersion", "v1", "kind", "Namespace");
            made.put("metadata", map("name", each));
            documents.add(made);
        }
        places.forEach((place, some) -> {
            String kind = place.isEmpty() ? "ClusterRole" : "Role";
            Map<String, Object> role = document(kind, name, place);
            role.put("rules", some.stream().map(Rule::tree).toList());
            documents.add(role);
            Map<String, Object> binding = document(kind + "Binding", name, place);
            binding.put("roleRef", map("apiGroup", API, "kind", kind, "name", name));
            binding.put("subjects", List.of(map("kind", "ServiceAccount", "name", account, "namespace", namespace)));
            documents.add(binding);
        });
        return ManifestYaml.writeDocuments(documents);
    }

    private static Map<String, Object> document(String kind, String name, String place) {
        Map<String, Object> metadata = map("name", name);
        if (!place.isEmpty()) {
            metadata.put("namespace", place);
        }
        Map<String, Object> document = map("apiVersion", API + "/v1", "kind", kind);
        document.put("metadata", metadata);
        return document;
    }

    private static Map<String, Object> map(String... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
