package dev.lintel.mesh.target;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.YamlLines;
import dev.lintel.mesh.YamlTrees;
import dev.lintel.mesh.lint.Finding;
import dev.lintel.mesh.lint.Lint;
import dev.lintel.mesh.lint.LintCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** Objects of others in the same directory: which of them open what ours close, or take the place of one of ours. */
final class Neighbours {
    private static final String POLICY = "AuthorizationPolicy";
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet", "Pod");
    /** Files without any of these words are of no interest here, whatever they hold. */
    private static final Pattern WORTH = Pattern.compile("istio\\.io|gateway\\.networking\\.k8s\\.io|kyma-project\\.io"
            + "|Deployment|StatefulSet|DaemonSet|Pod|NetworkPolicy");
    /** Where objects go that say no namespace. */
    private static final String DEFAULT = "default";

    private final List<Manifest> ours;
    private final List<Problem> warnings = new ArrayList<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<Manifest> theirs = new ArrayList<>();

    private Neighbours(List<Manifest> ours) {
        this.ours = ours;
    }

    private record Place(Path file, YamlLines lines) {
        Origin at(String field) {
            return Origin.at(ObjectFiles.shown(file), lines.at(field).line());
        }
    }

    /**
     * What should be known of them.
     *
     * @param others texts that are not ours
     * @param ours objects that are to be there
     */
    static List<Problem> warnings(SortedMap<Path, String> others, List<Manifest> ours) {
        Neighbours neighbours = new Neighbours(ours);
        others.forEach((file, text) -> {
            if (WORTH.matcher(text).find()) {
                neighbours.read(file, text);
            }
        });
        neighbours.taken();
        neighbours.reopened();
        return neighbours.warnings;
    }

    private void read(Path file, String text) {
        try {
            List<Object> documents = YamlTrees.read(text);
            List<YamlLines> lines = YamlLines.of(text);
            for (int i = 0; i < documents.size() && i < lines.size(); i++) {
                if (documents.get(i) instanceof Map<?, ?> map && map.get("items") instanceof List<?> items) {
                    for (int j = 0; j < items.size(); j++) {
                        add(items.get(j), file, lines.get(i).at("items").at("[" + j + "]"));
                    }
                } else {
                    add(documents.get(i), file, lines.get(i));
                }
            }
        } catch (IllegalArgumentException e) {
            if (text.contains(POLICY)) {
                warnings.add(new Problem(
                        "directory.unjudged",
                        ObjectFiles.shown(file),
                        "is not ours and " + e.getMessage()
                                + ": whether a policy in it opens what ours close is not known",
                        "write it as plain YAML, or look at it yourself",
                        Origin.unknown()));
            }
        }
    }

    /** Of what is no object nothing is known, and a cluster would not take it. */
    private void add(Object document, Path file, YamlLines lines) {
        try {
            for (Manifest manifest : ManifestYaml.anyObjects(document, DEFAULT)) {
                if (places.putIfAbsent(manifest.id(), new Place(file, lines)) == null) {
                    theirs.add(manifest);
                }
            }
        } catch (IllegalArgumentException e) {
            return;
        }
    }

    /** An object has one place in a cluster, and whoever is applied last has it. */
    private void taken() {
        for (Manifest one : ours) {
            Place place = places.get(one.id());
            if (place != null) {
                warnings.add(new Problem(
                        "directory.taken",
                        ObjectFiles.shown(place.file()),
                        "holds " + one.id() + ", which is written here as well: whichever is applied last counts",
                        "take it away, or give it another name",
                        place.at("metadata")));
            }
        }
    }

    private void reopened() {
        List<Manifest> foreign = theirs.stream()
                .filter(one -> one.kind().equals(POLICY) || WORKLOADS.contains(one.kind()))
                .toList();
        if (foreign.stream().noneMatch(one -> one.kind().equals(POLICY))) {
            return;
        }
        List<Manifest> workloads = new ArrayList<>();
        for (Manifest one : ours) {
            workload(one, workloads);
        }
        List<Manifest> alone = new ArrayList<>(foreign);
        alone.addAll(workloads);
        List<Manifest> all = new ArrayList<>(alone);
        ours.stream().filter(one -> one.kind().equals(POLICY)).forEach(all::add);
        Set<Finding> known = new HashSet<>(Lint.of(alone));
        for (Finding finding : Lint.of(all)) {
            Place place = places.get(finding.object());
            if (place != null && finding.code().equals(LintCode.REOPENED.code()) && !known.contains(finding)) {
                warnings.add(new Problem(
                        "directory.reopened",
                        ObjectFiles.shown(place.file()),
                        "holds " + finding.object() + ", which is not ours; its " + finding.field() + " "
                                + finding.message(),
                        finding.hint(),
                        place.at(finding.field())));
            }
        }
    }

    /** Somebody whom a policy of ours is for, so that a policy for other labels, or for all, is seen to be for them too. */
    private static void workload(Manifest policy, List<Manifest> into) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (policy.kind().equals(POLICY)
                && policy.spec().get("selector") instanceof Map<?, ?> selector
                && selector.get("matchLabels") instanceof Map<?, ?> match) {
            match.forEach((name, value) -> labels.put(String.valueOf(name), String.valueOf(value)));
            into.add(new Manifest("v1", "Pod", policy.namespace(), policy.name(), labels, Map.of(), Map.of()));
        }
    }
}
