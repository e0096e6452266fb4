package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.YamlTrees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The objects of a text and their lines. What is none is a finding, so that the others are looked at all the same. */
final class LintText {
    private final String namespace;
    private final List<SourceLines> sources;
    private final List<Manifest> manifests = new ArrayList<>();
    private final Map<String, SourceLines> lines = new LinkedHashMap<>();
    private final List<Finding> unreadable = new ArrayList<>();
    private int next;

    private LintText(String text, String namespace) {
        this.namespace = namespace;
        this.sources = SourceLines.of(text);
    }

    static LintText of(String text, String namespace) {
        List<Object> documents = YamlTrees.read(text);
        LintText read = new LintText(text, namespace);
        for (int i = 0; i < documents.size(); i++) {
            read.document(documents.get(i), "document " + (i + 1));
        }
        return read;
    }

    List<Manifest> manifests() {
        return manifests;
    }

    /** Where each object stands, by its id. */
    Map<String, SourceLines> lines() {
        return lines;
    }

    /** What is no object, in the order of the text. */
    List<Finding> unreadable() {
        return unreadable;
    }

    private void document(Object document, String name) {
        if (document instanceof Map<?, ?> map
                && String.valueOf(map.get("kind")).endsWith("List")
                && map.get("items") instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                object(items.get(i), name + " items[" + i + "]", true);
            }
        } else {
            object(document, name, document instanceof Map<?, ?> map && !map.isEmpty());
        }
    }

    /** Documents that are no maps have no lines of their own. */
    private void object(Object document, String name, boolean hasLines) {
        SourceLines source = hasLines && next < sources.size() ? sources.get(next++) : null;
        try {
            for (Manifest manifest : ManifestYaml.anyObjects(document, namespace)) {
                manifests.add(manifest);
                if (source != null) {
                    lines.putIfAbsent(manifest.id(), source);
                }
            }
        } catch (IllegalArgumentException e) {
            unreadable.add(new Finding(
                    LintCode.UNREADABLE.code(),
                    LintCode.UNREADABLE.istio(),
                    LintCode.UNREADABLE.kiali(),
                    LintCode.UNREADABLE.severity(),
                    name,
                    "metadata",
                    source == null ? 0 : source.line(),
                    e.getMessage() + ", and is not looked at",
                    "say apiVersion, kind and metadata.name, and below them maps"));
        }
    }
}
