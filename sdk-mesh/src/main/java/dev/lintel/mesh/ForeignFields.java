package dev.lintel.mesh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which fields of others in our objects mean something: a label of a tool does not, a rule that lets more in does. */
final class ForeignFields {
    private final Dialect dialect;
    private final List<Manifest> wanted;

    ForeignFields(Dialect dialect, List<Manifest> wanted) {
        this.dialect = dialect;
        this.wanted = wanted;
    }

    /**
     * Those objects that mean something else with what others have added to what we want. All together are asked about
     * first, then halves of them, because most often none does.
     *
     * @param pairs by the names of the objects
     * @return those that do, or several that do together and none of them alone
     */
    Map<String, Compared> meant(Map<String, Compared> pairs) {
        List<Compared> foreign = pairs.values().stream()
                .filter(pair -> !pair.theirs().equals(pair.wanted()))
                .toList();
        Map<String, Compared> meant = new LinkedHashMap<>();
        if (!foreign.isEmpty()) {
            boolean unusedFound = search(foreign, dialect.read(wanted), meant);
        }
        return meant;
    }

    /** Answers whether something was found. */
    private boolean search(List<Compared> some, Dialect.Read meaning, Map<String, Compared> into) {
        if (dialect.read(with(some)).equals(meaning)) {
            return false;
        }
        if (some.size() > 1) {
            int half = some.size() / 2;
            boolean first = search(some.subList(0, half), meaning, into);
            boolean second = search(some.subList(half, some.size()), meaning, into);
            if (first || second) {
                return true;
            }
        }
        some.forEach(one -> into.put(one.wanted().id(), one));
        return true;
    }

    private List<Manifest> with(List<Compared> some) {
        Map<String, Manifest> all = new LinkedHashMap<>();
        wanted.forEach(one -> all.put(one.id(), one));
        some.forEach(one -> all.put(one.wanted().id(), one.theirs()));
        return new ArrayList<>(all.values());
    }
}
