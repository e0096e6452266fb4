package dev.lintel.mesh;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Dialect.Read;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Objects that are given more than once, of which a cluster has one. */
public final class Repeated {
    private Repeated() {}

    /**
     * What is the same of two objects that a cluster keeps as one: group, kind, namespace and name, whatever the version.
     *
     * @param manifest an object
     * @return the key
     */
    public static String key(Manifest manifest) {
        int slash = Math.max(0, manifest.apiVersion().indexOf('/'));
        return manifest.apiVersion().substring(0, slash) + " " + manifest.id();
    }

    /**
     * That an object is given twice, not alike.
     *
     * @param manifest the object as it is given again
     * @param first where it is given first, as in {@code a.yaml:3}
     * @param again where it is given again
     * @param origin the line of the second
     * @return the problem {@code manifest.twice}
     */
    public static Problem problem(Manifest manifest, String first, String again, Origin origin) {
        return new Problem(
                "manifest.twice",
                manifest.id(),
                "is given twice and not alike, " + first + " and " + again + "; read as it is given last",
                "give each object once, as it is in the cluster",
                origin);
    }

    /**
     * Reads each object once. Those that are given again alike are left out; of those that are not alike the last one is
     * read, as a cluster keeps it, and it is a problem.
     *
     * @param manifests objects in any order
     * @param reader reads objects that are all different
     * @return what was read, with these problems first
     */
    public static Read once(Collection<Manifest> manifests, Function<List<Manifest>, Read> reader) {
        Map<String, Manifest> once = new LinkedHashMap<>();
        Map<String, Integer> places = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        int number = 0;
        for (Manifest manifest : manifests) {
            number++;
            String key = key(manifest);
            Manifest before = once.put(key, manifest);
            if (before != null && !before.equals(manifest)) {
                String first = "as number " + places.get(key);
                problems.add(problem(manifest, first, number + " of the objects", Origin.unknown()));
            }
            places.putIfAbsent(key, number);
        }
        Read read = reader.apply(List.copyOf(once.values()));
        problems.addAll(read.problems());
        return new Read(read.model(), problems);
    }
}
