package dev.lintel.graphql.expose;

import dev.lintel.core.model.Requirement;
import dev.lintel.graphql.execute.FieldGuard;

/**
 * Whether somebody may ask for a field, and why.
 *
 * @param field type and field
 * @param asks what is asked
 * @param why what came of it
 * @param reason in words, for people
 */
public record FieldDecision(String field, Requirement asks, Why why, String reason) {
    /** What came of a question. */
    public enum Why {
        /** Nothing is asked. */
        OPEN,
        /** The token has what is asked. */
        GRANTED,
        /** A token is asked for, and none was verified. */
        NO_TOKEN,
        /** The token lacks scopes. */
        MISSING_SCOPE,
        /** Nobody may. */
        DENIED
    }

    /**
     * Whether the field may be asked for.
     *
     * @return true if nothing is asked, or it is there
     */
    public boolean allowed() {
        return why == Why.OPEN || why == Why.GRANTED;
    }

    /** The same in the engine's words. */
    FieldGuard.Verdict verdict() {
        if (allowed()) {
            return FieldGuard.Verdict.ALLOWED;
        }
        return why == Why.NO_TOKEN ? FieldGuard.Verdict.UNAUTHENTICATED : FieldGuard.Verdict.FORBIDDEN;
    }

    @Override
    public String toString() {
        return (allowed() ? "allowed " : "refused ") + field + ": " + reason;
    }
}
