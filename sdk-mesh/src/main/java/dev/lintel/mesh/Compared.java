package dev.lintel.mesh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object as it is to be beside what is in force, told apart by who has the say: in fields that we want, what is there; in
 * all others, what is there besides.
 *
 * @param wanted what it is to say
 * @param live what it says
 * @param ours what it says in the fields that we want, or that we have said
 * @param theirs what it would say if these were as we want them
 * @param differing the fields in which {@code ours} differs, by their names from the root down
 * @param foreign the fields that others have added, likewise
 */
record Compared(
        Manifest wanted,
        Manifest live,
        Manifest ours,
        Manifest theirs,
        List<List<String>> differing,
        List<List<String>> foreign) {

    /**
     * Compares.
     *
     * @param wanted as the target keeps it
     * @param said what we have said in the one that is there
     * @param live what is in force
     */
    static Compared of(Manifest wanted, Manifest said, Manifest live) {
        List<List<String>> differing = new ArrayList<>();
        List<List<String>> foreign = new ArrayList<>();
        Map<String, Object> ours = new LinkedHashMap<>();
        Map<String, Object> theirs = new LinkedHashMap<>();
        new Walk(differing, foreign).into(List.of(), tree(wanted), tree(said), tree(live), ours, theirs);
        return new Compared(
                wanted,
                live.inOrderOf(wanted),
                manifest(wanted, ours).inOrderOf(wanted),
                manifest(wanted, theirs),
                List.copyOf(differing),
                List.copyOf(foreign));
    }

    private record Walk(List<List<String>> differing, List<List<String>> foreign) {
        void into(
                List<String> at,
                Map<?, ?> wanted,
                Map<?, ?> said,
                Map<?, ?> live,
                Map<String, Object> ours,
                Map<String, Object> theirs) {
            wanted.forEach((key, want) -> {
                String name = String.valueOf(key);
                Object is = live.get(key);
                if (want instanceof Map<?, ?> more && is instanceof Map<?, ?> inner) {
                    Map<String, Object> kept = new LinkedHashMap<>();
                    Map<String, Object> whole = new LinkedHashMap<>();
                    into(below(at, name), more, map(said.get(key)), inner, kept, whole);
                    ours.put(name, kept);
                    theirs.put(name, whole);
                } else if (Objects.equals(want, is)) {
                    ours.put(name, want);
                    theirs.put(name, want);
                } else if (is != null && want.equals(said.get(key))) {
                    // A list with keys: our items are in it as we want them, and others have put theirs beside.
                    ours.put(name, want);
                    theirs.put(name, is);
                    foreign.add(below(at, name));
                } else {
                    if (is != null) {
                        ours.put(name, is);
                    }
                    theirs.put(name, want);
                    differing.add(below(at, name));
                }
            });
            live.forEach((key, is) -> {
                String name = String.valueOf(key);
                if (!wanted.containsKey(key)) {
                    boolean applied = said.containsKey(key);
                    (applied ? ours : theirs).put(name, is);
                    (applied ? differing : foreign).add(below(at, name));
                }
            });
        }

        private static List<String> below(List<String> at, String name) {
            List<String> below = new ArrayList<>(at);
            below.add(name);
            return List.copyOf(below);
        }
    }

    private static Map<String, Object> tree(Manifest manifest) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("labels", manifest.labels());
        metadata.put("annotations", manifest.annotations());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("metadata", metadata);
        tree.put("spec", manifest.spec());
        return tree;
    }

    private static Manifest manifest(Manifest named, Map<?, ?> tree) {
        Map<?, ?> metadata = map(tree.get("metadata"));
        return new Manifest(
                named.apiVersion(),
                named.kind(),
                named.namespace(),
                named.name(),
                texts(metadata.get("labels")),
                texts(metadata.get("annotations")),
                Trees.copy(map(tree.get("spec"))));
    }

    private static Map<String, String> texts(@Nullable Object value) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(value).forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text)));
        return texts;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
