package dev.lintel.mesh.imports;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.Repeated;
import dev.lintel.mesh.YamlLines;
import dev.lintel.mesh.YamlTrees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts of an import: which objects are in them, in which lines, and what of them is no object. */
final class Sources {
    private final Map<String, String> texts;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, Manifest> manifests = new LinkedHashMap<>();
    /** Of objects of several groups with one id the first is meant. */
    private final Map<String, String> keys = new HashMap<>();

    /** Where each object stands first, for sentences. */
    private final Map<String, String> firsts = new HashMap<>();

    private final Map<String, List<YamlLines>> lines = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> notes = new ArrayList<>();

    private Sources(Map<String, String> texts) {
        this.texts = texts;
    }

    /** Where an object stands: in a document, or in its list of objects. */
    private record Place(String file, int document, String path) {}

    /** Nothing but objects, of which no lines are known. */
    static Sources of(Iterable<Manifest> manifests) {
        Sources sources = new Sources(Map.of());
        manifests.forEach(manifest -> sources.add(manifest, null));
        return sources;
    }

    /** Objects of some texts; whatever is no object is a problem, and the others are read. */
    static Sources of(Map<String, String> texts, String namespace) {
        if (texts.size() > Import.MOST_TEXTS) {
            throw new IllegalArgumentException("more than " + Import.MOST_TEXTS + " texts");
        }
        if (texts.values().stream().mapToLong(String::length).sum() > Import.LIMIT) {
            throw new IllegalArgumentException("the texts are longer than " + Import.LIMIT + " characters together");
        }
        Sources sources = new Sources(texts);
        texts.forEach((file, text) -> {
            try {
                sources.read(file, YamlTrees.read(text), namespace);
            } catch (IllegalArgumentException e) {
                String why = String.valueOf(e.getMessage());
                String line = why.replaceAll("(?s)^line ([0-9]{1,9}) .*", "$1");
                int number = line.equals(why) ? 0 : Integer.parseInt(line);
                sources.left(file, why + "; the whole text is left out", Origin.at(file, number));
            }
        });
        return sources;
    }

    /** Each object once. */
    List<Manifest> manifests() {
        return List.copyOf(manifests.values());
    }

    /** What cannot be read, or stands twice. */
    List<Problem> problems() {
        return problems;
    }

    /** What is no object of a cluster at all. */
    List<Problem> notes() {
        return notes;
    }

    /** The object of that name as it stands in the source; null if there is none. */
    @Nullable
    Manifest named(String id) {
        String key = keys.get(id);
        return key == null ? null : manifests.get(key);
    }

    /** The line of a field of an object, as far as it is known; the path may have words behind it. */
    Origin line(String id, String path) {
        Manifest manifest = named(id);
        Place place = manifest == null ? null : places.get(Repeated.key(manifest));
        return place == null ? Origin.unknown() : line(place, path);
    }

    private Origin line(Place place, String path) {
        List<YamlLines> documents =
                lines.computeIfAbsent(place.file(), file -> YamlLines.of(texts.getOrDefault(file, "")));
        if (place.document() >= documents.size()) {
            return Origin.at(place.file(), 0);
        }
        return Origin.at(
                place.file(),
                documents.get(place.document()).at(place.path()).at(path).line());
    }

    private void read(String file, List<Object> documents, String namespace) {
        for (int i = 0; i < documents.size(); i++) {
            boolean list = documents.get(i) instanceof Map<?, ?> map
                    && String.valueOf(map.get("kind")).endsWith("List")
                    && map.get("items") instanceof List<?>;
            if (list && ((Map<?, ?>) documents.get(i)).get("items") instanceof List<?> items) {
                for (int j = 0; j < items.size(); j++) {
                    object(items.get(j), new Place(file, i, "items[" + j + "]"), namespace);
                }
            } else {
                object(documents.get(i), new Place(file, i, ""), namespace);
            }
        }
    }

    private void object(Object document, Place place, String namespace) {
        String which = "document " + (place.document() + 1) + (place.path().isEmpty() ? "" : " " + place.path());
        if (OtherDialects.isSpring(document)) {
            problems.add(OtherDialects.spring(place.file(), which, line(place, "")));
            return;
        }
        if (document instanceof Map<?, ?> map && !map.containsKey("kind")) {
            notes.add(new Problem(
                    "import.left-out",
                    place.file(),
                    which + " has no kind, so that it is no object of a cluster, and is left out",
                    "",
                    line(place, "")));
            return;
        }
        if (ManifestYaml.isKustomization(document)) {
            notes.add(new Problem(
                    "import.left-out",
                    place.file(),
                    which + " says how kustomize builds objects and is none itself, and is left out; what it changes in"
                            + " them is not read",
                    "",
                    line(place, "")));
            return;
        }
        if (isUnnamed(document)) {
            problems.add(new Problem(
                    "import.unnamed",
                    place.file(),
                    which
                            + " has a generateName and no name: the cluster names it, and nothing here tells which object it"
                            + " will be, or how many; it is left out",
                    "give it a metadata.name, or give the object as the cluster has it",
                    line(place, "metadata.generateName")));
            return;
        }
        try {
            ManifestYaml.anyObjects(document, namespace).forEach(one -> add(one, place));
        } catch (IllegalArgumentException e) {
            left(place.file(), which + " " + e.getMessage() + "; it is left out", line(place, ""));
        }
    }

    /** Whether an object among them, or in a list of them, is named by the cluster. */
    static boolean hasUnnamed(List<Object> documents) {
        return documents.stream()
                .anyMatch(document -> isUnnamed(document)
                        || document instanceof Map<?, ?> map
                                && map.get("items") instanceof List<?> items
                                && items.stream().anyMatch(Sources::isUnnamed));
    }

    private static boolean isUnnamed(@Nullable Object document) {
        return document instanceof Map<?, ?> map
                && map.get("metadata") instanceof Map<?, ?> metadata
                && !metadata.containsKey("name")
                && metadata.containsKey("generateName");
    }

    private void left(String file, String what, Origin origin) {
        problems.add(new Problem(
                "import.unreadable",
                file,
                what,
                "give what 'helm template' or 'kustomize build' makes of it, or leave the file out if it is for no cluster",
                origin));
    }

    private void add(Manifest manifest, @Nullable Place place) {
        String key = Repeated.key(manifest);
        Manifest other = manifests.get(key);
        if (other != null && !other.equals(manifest)) {
            Origin again = place == null ? Origin.unknown() : line(place, "");
            problems.add(Repeated.problem(manifest, "first" + firsts.get(key), "again" + again.after(" at "), again));
        }
        firsts.putIfAbsent(key, place == null ? "" : line(place, "").after(" at "));
        manifests.put(key, manifest);
        keys.putIfAbsent(manifest.id(), key);
        if (place != null) {
            places.put(key, place);
        }
    }
}
