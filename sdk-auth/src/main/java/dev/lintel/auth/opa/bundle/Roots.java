package dev.lintel.auth.opa.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which parts of OPA's documents a bundle owns: the packages of its policies, and the folders of its data. */
final class Roots {
    private static final Pattern PACKAGE =
            Pattern.compile("(?m)^\\s*package\\s+([A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*)\\s*(?:#.*)?$");

    private Roots() {}

    static List<String> of(Map<String, String> files) {
        SortedSet<String> all = new TreeSet<>();
        files.forEach((path, text) -> all.add(root(path, text)));
        return widest(all);
    }

    private static String root(String path, String text) {
        if (path.endsWith(".rego")) {
            Matcher found = PACKAGE.matcher(text);
            if (!found.find()) {
                throw new IllegalArgumentException(
                        "'" + path + "' must begin with a package of plain names, as in 'package envoy.authz'");
            }
            return found.group(1).replace('.', '/');
        }
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "'" + path + "' must be in a folder, whose name is where its data will be:"
                            + " at the top it would own everything");
        }
        return path.substring(0, slash);
    }

    /** Roots must not overlap, so what is below another one goes. */
    private static List<String> widest(SortedSet<String> sorted) {
        List<String> roots = new ArrayList<>();
        for (String root : sorted) {
            if (roots.stream().noneMatch(wide -> root.startsWith(wide + "/"))) {
                roots.add(root);
            }
        }
        return List.copyOf(roots);
    }
}
