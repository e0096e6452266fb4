package dev.lintel.mesh.target;

import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Changes;
import dev.lintel.mesh.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What happens to files that no change of an object tells of: the Kustomize file, objects that move from file to file, and
 * lines that say nothing about objects, as comments by hand.
 */
final class FileChanges {
    private final SortedMap<Path, Listing> before;
    private final SortedMap<Path, String> now;
    private final Map<Path, List<Manifest>> objects;
    private final Function<List<Manifest>, String> writer;
    private final Map<String, Manifest> old = new LinkedHashMap<>();
    private final Map<String, Manifest> wanted = new LinkedHashMap<>();

    /**
     * All that is to be compared.
     *
     * @param before files of ours that are there
     * @param now what is to be in each file
     * @param objects the same as objects, for each file that holds any
     * @param writer how a file with objects is written
     */
    FileChanges(
            SortedMap<Path, Listing> before,
            SortedMap<Path, String> now,
            Map<Path, List<Manifest>> objects,
            Function<List<Manifest>, String> writer) {
        this.before = before;
        this.now = now;
        this.objects = objects;
        this.writer = writer;
        before.values().forEach(listing -> listing.manifests().forEach(one -> old.put(one.id(), one)));
        objects.values().forEach(all -> all.forEach(one -> wanted.put(one.id(), one)));
    }

    /** What is to be in each file. */
    SortedMap<Path, String> now() {
        return now;
    }

    /** Sorted by file. Where there is none, every byte that changes is one of an object that is told. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (Path file : differing()) {
            String name = "file " + ObjectFiles.shown(file);
            Listing listing = before.get(file);
            String text = now.get(file);
            if (listing == null) {
                if (text != null
                        && (!objects.containsKey(file)
                                || !stay(objects.get(file), old).isEmpty())) {
                    changes.add(new Change.Create(name, text));
                }
            } else if (text == null) {
                if (!stay(listing.manifests(), wanted).isEmpty()
                        || !listing.text().equals(asWritten(listing))) {
                    changes.add(new Change.Delete(name));
                }
            } else {
                String told = told(file, listing, text);
                if (!told.equals(listing.text())) {
                    changes.add(new Change.Update(name, diff(listing.text(), told)));
                }
            }
        }
        return changes;
    }

    /** What differs, also where no line does. */
    static String diff(String old, String now) {
        String lines = Changes.unifiedDiff(old, now);
        if (!lines.isEmpty() || old.equals(now)) {
            return lines;
        }
        return old.indexOf('\r') >= 0
                ? "line ends differ: CRLF is there, and LF is written\n"
                : "the end of the last line differs\n";
    }

    /** Files that a write would touch. */
    SortedSet<Path> differing() {
        SortedSet<Path> files = new TreeSet<>(before.keySet());
        files.addAll(now.keySet());
        files.removeIf(
                file -> before.containsKey(file) && before.get(file).text().equals(now.get(file)));
        return files;
    }

    /** Up to where the file changes without a word about its objects. */
    private String told(Path file, Listing listing, String text) {
        boolean moved = !stay(listing.manifests(), wanted).equals(stay(objects.getOrDefault(file, List.of()), old));
        return moved || !objects.containsKey(file) ? text : asWritten(listing);
    }

    /** The objects of a file as they would be written, those that are kept in the order of their fields. */
    private String asWritten(Listing listing) {
        return writer.apply(listing.manifests().stream()
                .map(one -> one.equals(wanted.get(one.id())) ? wanted.get(one.id()) : one)
                .toList());
    }

    private static List<String> stay(Collection<Manifest> some, Map<String, Manifest> others) {
        return some.stream().map(Manifest::id).filter(others::containsKey).toList();
    }

    /** Lines of files of ours that are not written here and are gone afterwards, by file. */
    Map<Path, List<String>> lost() {
        Map<Path, List<String>> lost = new LinkedHashMap<>();
        for (Path file : differing()) {
            Listing listing = before.get(file);
            if (listing != null) {
                Map<String, Integer> known = new HashMap<>();
                String ours = file.equals(Kustomization.FILE) ? kustomization() : asWritten(listing);
                Stream.concat(ours.lines(), now.getOrDefault(file, "").lines())
                        .forEach(line -> known.merge(line, 1, Integer::sum));
                List<String> lines = listing.text()
                        .lines()
                        .filter(line -> known.merge(line, -1, Integer::sum) < 0)
                        .filter(line -> !line.isBlank() && !isOurComment(line))
                        .toList();
                if (!lines.isEmpty()) {
                    lost.put(file, lines);
                }
            }
        }
        return lost;
    }

    private String kustomization() {
        List<Path> files = before.keySet().stream()
                .filter(file -> !file.equals(Kustomization.FILE))
                .toList();
        return Kustomization.text(files, List.copyOf(old.values()));
    }

    /** Above an object: the line of its definition, which may have moved. */
    private static boolean isOurComment(String line) {
        int colon = line.lastIndexOf(':');
        return line.startsWith("# ")
                && line.lastIndexOf(' ') == 1
                && line.indexOf('.') > 0
                && !line.contains("//")
                && colon > 0
                && colon + 1 < line.length()
                && line.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
