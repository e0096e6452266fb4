package dev.lintel.graphql.name;

import java.util.Objects;

/**
 * A name that differs between two locks.
 *
 * @param kind of change
 * @param key what is named
 * @param before its name so far, empty if it had none; of a name that is another thing's now, whose it was
 * @param after its name now, empty if it has none
 */
public record NameChange(Kind kind, String key, String before, String after) {
    /** Kinds of changes. */
    public enum Kind {
        /** Something new has a name; no query breaks. */
        ADDED,
        /** Something has another name; queries that use it break. */
        RENAMED,
        /** Something has no name any more; queries that use it break. */
        REMOVED,
        /** Something has the name that another thing had; queries that use it stay valid, and ask for something else. */
        REPOINTED
    }

    /** Checks that nothing is missing. */
    public NameChange {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    /**
     * Whether queries that were valid can be invalid now, or ask for something else.
     *
     * @return true unless something was added
     */
    public boolean breaking() {
        return kind != Kind.ADDED;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case ADDED -> "added " + key + ": " + after;
            case RENAMED -> "BREAKING renamed " + key + ": " + before + " is " + after;
            case REMOVED -> "BREAKING removed " + key + ": " + before;
            case REPOINTED -> "BREAKING re-pointed " + key + ": " + after + " was " + before;
        };
    }
}
