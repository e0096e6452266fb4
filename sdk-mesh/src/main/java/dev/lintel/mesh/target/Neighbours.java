package dev.lintel.mesh.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.BrokenYaml;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.Target.Others;
import dev.lintel.mesh.YamlLines;
import dev.lintel.mesh.YamlTrees;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** Objects of others in the same directory: which of them open what ours close, or take the place of one of ours. */
final class Neighbours {
    /** Files without any of these words are of no interest here, whatever they hold. */
    private static final Pattern WORTH = Pattern.compile("istio\\.io|gateway\\.networking\\.k8s\\.io|kyma-project\\.io"
            + "|Deployment|StatefulSet|DaemonSet|Pod|NetworkPolicy");
    /** Where objects go that say no namespace. */
    private static final String DEFAULT = "default";

    private final List<Manifest> ours;
    private final String root;
    private final List<Problem> warnings = new ArrayList<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<Manifest> theirs = new ArrayList<>();

    private Neighbours(List<Manifest> ours, String root) {
        this.ours = ours;
        this.root = root;
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
     * @param root the namespace whose objects are for the whole mesh
     */
    static Others of(SortedMap<Path, String> others, List<Manifest> ours, String root) {
        Neighbours neighbours = new Neighbours(ours, root);
        others.forEach((file, text) -> {
            boolean worth = WORTH.matcher(text).find();
            // JSON may have tabs where YAML may not, and is of interest only with words of a mesh.
            if (worth || !file.toString().endsWith(".json")) {
                neighbours.read(file, text, worth);
            }
        });
        if (!neighbours.theirs.isEmpty()) {
            neighbours.taken();
            neighbours.together();
        }
        Others told = Others.of(neighbours.warnings, "directory.reopened");
        return new Others(told.opened(), told.warnings(), told.problems(), ObjectsOfOthers.routes(neighbours.theirs));
    }

    private void read(Path file, String text, boolean worth) {
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
            boolean broken = e.getCause() instanceof JsonProcessingException;
            if (worth || broken) {
                warnings.add(new Problem(
                        "directory.unjudged",
                        ObjectFiles.shown(file),
                        "is not ours and " + e.getMessage()
                                + (worth
                                        ? ": whether an object in it opens what ours close is not known"
                                        : ": what is in it is not known"),
                        "write it as plain YAML, or look at it yourself",
                        broken ? Origin.at(ObjectFiles.shown(file), BrokenYaml.line(text, e)) : Origin.unknown()));
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

    private void together() {
        for (ObjectsOfOthers.Found found : ObjectsOfOthers.of(theirs, ours, root)) {
            Place place = places.get(found.object().id());
            if (place != null) {
                warnings.add(new Problem(
                        "directory." + found.code(),
                        ObjectFiles.shown(place.file()),
                        "holds " + found.message(),
                        found.hint(),
                        place.at(found.field())));
            }
        }
    }
}
