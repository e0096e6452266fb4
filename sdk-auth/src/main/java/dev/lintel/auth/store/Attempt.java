package dev.lintel.auth.store;

import java.time.Instant;

/**
 * A use of a refresh token, written into the entry beside that token: a journal that a crash leaves behind for whoever
 * comes next.
 *
 * @param state how far it came
 * @param since when it was first sent or is about to be, by the clock of the process that does it
 * @param tries how many requests have been made of it, the one that is about to be made included; at least 1
 * @param by which process, in words for people
 */
public record Attempt(State state, Instant since, int tries, String by) {
    /** How far a use of a refresh token came. */
    public enum State {
        /** It is about to be sent: the token is unused. */
        INTENDED,
        /** It may have been sent: if nothing follows, its answer is lost, and the token may be used up. */
        SENT,
        /** What was answered is in the entry. */
        COMMITTED
    }

    /** Checks the number of tries. */
    public Attempt {
        if (tries < 1) {
            throw new IllegalArgumentException("a refresh is tried at least once, but was " + tries + " times");
        }
    }

    Attempt at(State next) {
        return new Attempt(next, since, tries, by);
    }
}
