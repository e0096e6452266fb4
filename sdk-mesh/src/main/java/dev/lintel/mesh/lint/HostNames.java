package dev.lintel.mesh.lint;

/** Hosts with a star in front. */
final class HostNames {
    private HostNames() {}

    /** Whether all names of the second are names of the first. */
    static boolean covers(String wide, String narrow) {
        if (wide.equals("*") || wide.equals(narrow)) {
            return true;
        }
        return wide.startsWith("*.") && narrow.length() > wide.length() - 1 && narrow.endsWith(wide.substring(1));
    }

    static boolean meet(String one, String other) {
        return covers(one, other) || covers(other, one);
    }

    /** The host of {@code namespace/host}. */
    static String host(String bound) {
        return bound.substring(bound.indexOf('/') + 1);
    }

    /** The namespace of {@code namespace/host}; a star where none is said. */
    static String namespace(String bound) {
        int slash = bound.indexOf('/');
        return slash < 0 ? "*" : bound.substring(0, slash);
    }
}
