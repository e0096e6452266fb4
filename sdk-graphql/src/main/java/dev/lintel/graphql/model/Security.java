package dev.lintel.graphql.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a document asks of those who call an operation: one of several alternatives, each of which needs all of its parts.
 *
 * @param alternatives any of them will do, sorted; none if nothing is asked
 */
public record Security(List<Alternative> alternatives) {
    /** Nothing is asked. */
    public static final Security NONE = new Security(List.of());

    /** Keeps a copy. */
    public Security {
        alternatives = alternatives.stream()
                .sorted(Comparator.comparing(Alternative::toString))
                .toList();
    }

    /** How callers show who they are. */
    public enum Kind {
        /** An access token in {@code Authorization}: OAuth 2.0, OpenID Connect, and what is called a bearer token. */
        BEARER,
        /** Name and password in {@code Authorization}. */
        BASIC,
        /** A key in a header of its own. */
        HEADER,
        /** What a graph sends with no call: a key in a query or in a cookie, a certificate, what is not known. */
        UNSENT
    }

    /**
     * A part of an alternative.
     *
     * @param scheme its name in the document
     * @param kind how it is shown
     * @param header in which it is sent, in lower case; empty for {@link Kind#UNSENT}
     * @param scopes that a token must have, sorted; of other kinds none
     */
    public record Need(String scheme, Kind kind, String header, List<String> scopes) {
        /** Keeps a copy. */
        public Need {
            Objects.requireNonNull(scheme, "scheme");
            Objects.requireNonNull(kind, "kind");
            header = header.toLowerCase(Locale.ROOT);
            scopes = List.copyOf(new TreeSet<>(scopes));
        }
    }

    /**
     * All of these together.
     *
     * @param needs sorted; none for callers who need not show anything
     */
    public record Alternative(List<Need> needs) {
        /** Keeps a copy. */
        public Alternative {
            needs = needs.stream().sorted(Comparator.comparing(Need::scheme)).toList();
        }

        /**
         * Whether a token is among them.
         *
         * @return true if one of them is {@link Kind#BEARER}
         */
        public boolean token() {
            return needs.stream().anyMatch(need -> need.kind() == Kind.BEARER);
        }

        /**
         * What the token must have.
         *
         * @return sorted, none for any good token
         */
        public SortedSet<String> scopes() {
            SortedSet<String> scopes = new TreeSet<>();
            needs.stream().filter(need -> need.kind() == Kind.BEARER).forEach(need -> scopes.addAll(need.scopes()));
            return Collections.unmodifiableSortedSet(scopes);
        }
    }

    /**
     * The headers in which callers may show who they are.
     *
     * @return in lower case
     */
    public SortedSet<String> headers() {
        SortedSet<String> headers = new TreeSet<>();
        for (Alternative alternative : alternatives) {
            for (Need need : alternative.needs()) {
                if (!need.header().isEmpty()) {
                    headers.add(need.header());
                }
            }
        }
        return Collections.unmodifiableSortedSet(headers);
    }

    /**
     * The scopes of which a token must have all of one set.
     *
     * @return none if there is a way without a token; sets are empty where any good token will do
     */
    public List<SortedSet<String>> tokens() {
        List<SortedSet<String>> sets = new ArrayList<>();
        for (Alternative alternative : alternatives) {
            if (!alternative.token()) {
                return List.of();
            }
            sets.add(alternative.scopes());
        }
        return List.copyOf(sets);
    }
}
