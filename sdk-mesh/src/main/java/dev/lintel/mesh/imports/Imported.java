package dev.lintel.mesh.imports;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.model.MeshModel;
import java.util.List;
import java.util.Objects;

/**
 * What came of an import.
 *
 * @param definitions what says the same as the manifests: one for each API, sorted by namespace and name, then one for each
 *     host outside and each boundary of a namespace
 * @param stored the definitions in the stored form, as YAML
 * @param source a Java program that says the definitions, for the file {@code ImportedApis.java}; it needs the module
 *     {@code dev.lintel.sdk}
 * @param read what the manifests mean
 * @param problems what of the manifests could not be read, or cannot be said by a definition: there the definitions may
 *     let through more or less than the manifests do
 * @param notes how calls travel otherwise, although every request is decided alike
 * @param differences how the definitions decide otherwise than what was read, in words, and which routes were left out; empty
 *     if they decide alike
 * @param compared how many requests were decided by both
 */
public record Imported(
        List<Definition> definitions,
        String stored,
        String source,
        MeshModel read,
        List<Problem> problems,
        List<Problem> notes,
        List<String> differences,
        int compared) {
    /** Keeps the lists unchangeable. */
    public Imported {
        definitions = List.copyOf(definitions);
        Objects.requireNonNull(stored, "stored");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(read, "read");
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
        differences = List.copyOf(differences);
    }

    /**
     * Whether the definitions decide every request as the manifests do, as far as both were compared.
     *
     * @return true if nothing was left unread and nothing differs
     */
    public boolean isProven() {
        return problems.isEmpty() && differences.isEmpty();
    }
}
