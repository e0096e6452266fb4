package dev.lintel.auth.register;

import dev.lintel.auth.store.SecretPlace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a client's secret has come; holds no secret.
 *
 * @param client the client as it was said
 * @param place where its secret is
 * @param generation counts the secrets that were put there
 * @param phase how far it has come
 * @param since when that began; null where nothing is under way
 */
public record RotationProgress(
        String client,
        SecretPlace place,
        int generation,
        RotationPhase phase,
        @Nullable Instant since) {
    /**
     * Whether nothing is left to do.
     *
     * @return true if one secret is in force, and it is the one that is in its place
     */
    public boolean isDone() {
        return phase == RotationPhase.STABLE;
    }

    /**
     * The same in words.
     *
     * @return one line
     */
    public String text() {
        String what = "client " + client + ": secret " + generation + " is in " + place;
        return switch (phase) {
            case STABLE -> what + ", and no other is in force";
            case MOVING -> what + " since " + since + "; the one before is in force until programs use it";
            case MAKING, ADDING -> what + "; the next one is not there yet";
            case ENDING -> what + "; the one before is being ended";
        };
    }
}
