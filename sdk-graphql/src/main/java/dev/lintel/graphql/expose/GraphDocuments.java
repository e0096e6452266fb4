package dev.lintel.graphql.expose;

import dev.lintel.graphql.http.TrustedDocuments;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Documents that a graph knows before anybody asks.
 *
 * @param documents texts by id, 512 KiB at most together
 * @param only whether no others are executed
 */
public record GraphDocuments(Map<String, String> documents, boolean only) implements GraphPolicy {
    /** The kind under which it is stored. */
    public static final String KIND = "graphql.documents/v1";

    /** How long all texts together may be, in characters. */
    public static final int LONGEST = 512 << 10;

    /** Nothing is known, and everything is executed. */
    static final GraphDocuments NONE = new GraphDocuments(Map.of(), false);

    /** Keeps a copy, sorted, and checks size and hashes. */
    public GraphDocuments {
        documents = Collections.unmodifiableMap(new TreeMap<>(documents));
        long length = documents.values().stream().mapToLong(String::length).sum();
        if (length > LONGEST) {
            throw new IllegalArgumentException("the trusted documents of a graph have more than " + LONGEST
                    + " characters; leave out those that no client asks for any more");
        }
        if (only && documents.isEmpty()) {
            throw new IllegalArgumentException("where only trusted documents are executed, there must be some");
        }
        TrustedDocuments unusedChecked = TrustedDocuments.of(documents);
    }

    TrustedDocuments trusted() {
        return TrustedDocuments.of(documents);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
