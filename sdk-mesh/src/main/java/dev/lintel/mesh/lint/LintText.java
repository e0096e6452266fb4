package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.YamlLines;
import dev.lintel.mesh.YamlTrees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of a text and their lines. What is none is a finding, so that the others are looked at all the same. */
final class LintText {
    private final String namespace;
    private final List<Manifest> manifests = new ArrayList<>();
    private final Map<String, YamlLines> lines = new LinkedHashMap<>();
    private final List<Finding> unreadable = new ArrayList<>();
    private final List<Finding> metadata = new ArrayList<>();

    private LintText(String namespace) {
        this.namespace = namespace;
    }

    static LintText of(String text, String namespace) {
        List<Object> documents = YamlTrees.read(text);
        List<YamlLines> sources = YamlLines.of(text);
        LintText read = new LintText(namespace);
        for (int i = 0; i < documents.size(); i++) {
            read.document(documents.get(i), "document " + (i + 1), i < sources.size() ? sources.get(i) : null);
        }
        return read;
    }

    List<Manifest> manifests() {
        return manifests;
    }

    /** Where each object stands, by its id. */
    Map<String, YamlLines> lines() {
        return lines;
    }

    /** What is no object, in the order of the text. */
    List<Finding> unreadable() {
        return unreadable;
    }

    /** What is wrong with the metadata of objects, and beside it. */
    List<Finding> metadata() {
        return metadata;
    }

    private void document(Object document, String name, @Nullable YamlLines source) {
        if (document instanceof Map<?, ?> map
                && String.valueOf(map.get("kind")).endsWith("List")
                && map.get("items") instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                String item = "items[" + i + "]";
                object(items.get(i), name + " " + item, source == null ? null : source.at(item));
            }
        } else {
            object(document, name, source);
        }
    }

    private void object(Object document, String name, @Nullable YamlLines source) {
        try {
            for (Manifest manifest : ManifestYaml.anyObjects(Metadata.withTexts(document), namespace)) {
                manifests.add(manifest);
                if (source != null) {
                    lines.putIfAbsent(manifest.id(), source);
                }
                Metadata.check(
                        document,
                        manifest,
                        (code, path, message, hint) -> metadata.add(code.finding(manifest.id(), path, message, hint)));
            }
        } catch (IllegalArgumentException e) {
            unreadable(
                    LintCode.UNREADABLE.finding(
                            name,
                            "metadata",
                            e.getMessage() + ", and is not looked at",
                            "say apiVersion, kind and metadata.name, and below them maps"),
                    source);
            Metadata.check(
                    document,
                    null,
                    (code, path, message, hint) -> unreadable(code.finding(name, path, message, hint), source));
        }
    }

    private void unreadable(Finding finding, @Nullable YamlLines source) {
        boolean whole = finding.code().equals(LintCode.UNREADABLE.code());
        unreadable.add(finding.at(
                source == null
                        ? 0
                        : whole ? source.line() : source.at(finding.field()).line()));
    }
}
