package dev.lintel.graphql.model;

import java.util.Objects;

/** What a value looks like. */
public sealed interface Shape {
    /**
     * A single value.
     *
     * @param kind of it
     */
    record Single(Kind kind) implements Shape {
        /** Checks that nothing is missing. */
        public Single {
            Objects.requireNonNull(kind, "kind");
        }
    }

    /**
     * A list.
     *
     * @param of what its items are
     */
    record Items(Use of) implements Shape {
        /** Checks that nothing is missing. */
        public Items {
            Objects.requireNonNull(of, "of");
        }
    }

    /**
     * An object with keys that the document does not know, all of whose values are alike.
     *
     * @param of what its values are
     */
    record Entries(Use of) implements Shape {
        /** Checks that nothing is missing. */
        public Entries {
            Objects.requireNonNull(of, "of");
        }
    }

    /**
     * What a definition says.
     *
     * @param id of the definition
     */
    record Named(String id) implements Shape {
        /** Checks that nothing is missing. */
        public Named {
            Objects.requireNonNull(id, "id");
        }
    }
}
