package dev.lintel.kubernetes.preflight;

import dev.lintel.kubernetes.preflight.Live.Unread;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of istiod in one root namespace: those that injectors are for, and which of them a namespace has.
 *
 * @see <a href="https://istio.io/latest/docs/setup/upgrade/canary/">Istio, Canary Upgrades</a>
 */
final class Revisions {
    static final String INJECTORS = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
    static final String DEFAULT = "default";

    private static final String REVISION = "istio.io/rev";
    private static final String TAG = "istio.io/tag";
    private static final String INJECTION = "istio-injection";
    private static final Pattern IMAGE = Pattern.compile(".*[:/](\\d+\\.\\d+)(?:\\.\\d+)?(?:[-@.].*)?");

    private final Live live;
    private final String root;

    Revisions(Live live, String root) {
        this.live = live;
        this.root = root;
    }

    static String deployments(String root) {
        return "/apis/apps/v1/namespaces/" + root + "/deployments";
    }

    /** Revisions by the names that namespaces can say: each by its own, and by its tags. */
    Map<String, String> named() throws Unread {
        Map<String, String> named = new TreeMap<>();
        for (Map<?, ?> each : live.all(INJECTORS)) {
            Map<String, String> labels = Docs.labels(each, "metadata", "labels");
            boolean here = Docs.maps(each, "webhooks").stream()
                    .anyMatch(hook -> Docs.text(hook, "clientConfig", "service", "namespace")
                            .equals(root));
            if (here && "sidecar-injector".equals(labels.get("app"))) {
                String revision = labels.getOrDefault(REVISION, DEFAULT);
                named.put(labels.getOrDefault(TAG, revision), revision);
            }
        }
        return named;
    }

    /** What a namespace says, a revision or a tag of one; null if it is not injected by its labels. */
    static @Nullable String said(Map<?, ?> namespace) {
        Map<String, String> labels = Docs.labels(namespace, "metadata", "labels");
        String injection = labels.get(INJECTION);
        if (injection != null) {
            return injection.equals("enabled") ? DEFAULT : null;
        }
        return labels.get(REVISION);
    }

    /**
     * The lines of Istio by revision, for example {@code 1.31}: by the image of each istiod, Deployments and Pods.
     *
     * @throws Unread if neither tells, and one could not be read
     */
    Map<String, Set<String>> versions() throws Unread {
        Map<String, Set<String>> versions = new LinkedHashMap<>();
        Optional<Unread> unread = add(deployments(root), versions, "spec", "template", "spec");
        Optional<Unread> other = add(Live.pods(root), versions, "spec");
        if (versions.isEmpty() && unread.or(() -> other).isPresent()) {
            throw unread.or(() -> other).get();
        }
        return versions;
    }

    private Optional<Unread> add(String collection, Map<String, Set<String>> versions, String... pod) {
        try {
            live.all(collection).forEach(each -> add(each, Docs.map(each, pod), versions));
            return Optional.empty();
        } catch (Unread told) {
            return Optional.of(told);
        }
    }

    private static void add(Map<?, ?> object, Map<?, ?> pod, Map<String, Set<String>> versions) {
        Map<String, String> labels = Docs.labels(object, "metadata", "labels");
        if (!"istiod".equals(labels.get("app"))) {
            return;
        }
        Set<String> known = versions.computeIfAbsent(labels.getOrDefault(REVISION, DEFAULT), r -> new TreeSet<>());
        for (Map<?, ?> container : Docs.maps(pod, "containers")) {
            Matcher image = IMAGE.matcher(Docs.text(container, "image"));
            if (Docs.text(container, "name").equals("discovery") && image.matches()) {
                known.add(image.group(1));
            }
        }
    }
}
