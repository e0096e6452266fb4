package dev.lintel.graphql.execute;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who asks, as far as it is known.
 *
 * @param authenticated whether it proved who it is
 * @param scopes that it was given
 * @param headers that are sent on with every call, by lower-case names; whoever makes the caller decides which
 */
public record GraphCaller(boolean authenticated, SortedSet<String> scopes, SortedMap<String, String> headers) {
    /** Somebody of whom nothing is known. */
    public static final GraphCaller ANONYMOUS = new GraphCaller(false, new TreeSet<>(), new TreeMap<>());

    /** Keeps copies. */
    public GraphCaller {
        scopes = Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
        headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
    }

    /**
     * The caller without the values of its headers.
     *
     * @return such as {@code authenticated, scopes [orders.read], headers [authorization]}
     */
    @Override
    public String toString() {
        return (authenticated ? "authenticated" : "anonymous") + ", scopes " + scopes + ", headers " + headers.keySet();
    }
}
