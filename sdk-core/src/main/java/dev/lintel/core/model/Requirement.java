package dev.lintel.core.model;

import java.util.List;
import java.util.stream.Collectors;

/** What is asked of a caller. */
public sealed interface Requirement {
    /** Nothing: everybody may call. A token that is presented must be good all the same. */
    Requirement PUBLIC = new Public();
    /** Nobody may call. */
    Requirement DENIED = new Denied();
    /** Any good token. */
    Requirement TOKEN = new Token(List.of(Grant.NONE));

    /** Everybody may call. */
    record Public() implements Requirement {
        @Override
        public String toString() {
            return "public";
        }
    }

    /** Nobody may call. */
    record Denied() implements Requirement {
        @Override
        public String toString() {
            return "denied";
        }
    }

    /**
     * A good token that has at least one of these grants.
     *
     * @param anyOf at least one; a grant that asks for nothing is met by every good token
     */
    record Token(List<Grant> anyOf) implements Requirement {
        /** Checks that there is a grant. */
        public Token {
            anyOf = List.copyOf(anyOf);
            if (anyOf.isEmpty()) {
                throw new IllegalArgumentException("a token requirement needs at least one grant");
            }
        }

        @Override
        public String toString() {
            return anyOf.stream().map(Grant::toString).collect(Collectors.joining(" or "));
        }
    }
}
