package dev.lintel.mesh.target;

import dev.lintel.mesh.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file by which Kustomize, Argo CD and Flux find all others, with what they must be told about weights.
 *
 * @see <a href="https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/">Kustomization</a>
 * @see <a href="https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/">Argo CD, Diff Customization</a>
 */
final class Kustomization {
    static final Path FILE = Path.of("kustomization.yaml");
    /** Other names by which Kustomize looks for it; it takes one only. */
    static final List<Path> OTHERS = List.of(Path.of("kustomization.yml"), Path.of("Kustomization"));

    private Kustomization() {}

    static String text(Collection<Path> files, List<Manifest> manifests) {
        StringBuilder text = new StringBuilder();
        List<Manifest> shared = manifests.stream().filter(Kustomization::shares).toList();
        if (!shared.isEmpty()) {
            hints(text, shared);
        }
        text.append("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata:\n  labels:\n    ")
                .append(Manifest.MANAGED_BY)
                .append(": ")
                .append(Manifest.LINTEL)
                .append("\nresources:")
                .append(files.isEmpty() ? " []\n" : "\n");
        files.stream()
                .map(ObjectFiles::shown)
                .sorted()
                .forEach(file -> text.append("- ").append(file).append('\n'));
        return text.toString();
    }

    private static void hints(StringBuilder text, List<Manifest> shared) {
        text.append(
                "# A rollout moves the weights of these objects. So that nobody moves them back, say to Argo CD:\n");
        text.append("#   spec:\n#     ignoreDifferences:\n");
        for (Manifest manifest : shared) {
            String group =
                    manifest.apiVersion().substring(0, manifest.apiVersion().indexOf('/'));
            text.append("#     - group: ").append(group).append('\n');
            text.append("#       kind: ").append(manifest.kind()).append('\n');
            text.append("#       namespace: ").append(manifest.namespace()).append('\n');
            text.append("#       name: ").append(manifest.name()).append('\n');
            text.append("#       jqPathExpressions:\n#       - ")
                    .append(weights(manifest))
                    .append('\n');
        }
        text.append("#     syncPolicy:\n#       syncOptions:\n#       - RespectIgnoreDifferences=true\n");
        text.append("# and to Flux, by an annotation on each, while a rollout is under way:\n");
        text.append("#   kustomize.toolkit.fluxcd.io/reconcile: disabled\n");
    }

    private static String weights(Manifest manifest) {
        return manifest.kind().equals("VirtualService")
                ? ".spec.http[].route[]?.weight"
                : ".spec.rules[].backendRefs[]?.weight";
    }

    /** Whether an object shares calls among several destinations. */
    private static boolean shares(Manifest manifest) {
        boolean routes = manifest.kind().equals("VirtualService");
        if (!routes && !manifest.kind().equals("HTTPRoute")) {
            return false;
        }
        return lists(manifest.spec().get(routes ? "http" : "rules")).stream()
                .map(rule -> rule instanceof Map<?, ?> map ? map.get(routes ? "route" : "backendRefs") : null)
                .anyMatch(to -> to instanceof List<?> list && list.size() > 1);
    }

    private static List<Object> lists(@Nullable Object value) {
        return value instanceof List<?> list ? new ArrayList<>(list) : List.of();
    }
}
