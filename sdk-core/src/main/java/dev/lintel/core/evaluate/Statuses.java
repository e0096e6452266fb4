package dev.lintel.core.evaluate;

/**
 * Which status answers which refusal, where worlds differ.
 *
 * @param noToken a token is needed and none came
 * @param wrongAudience the token is for somebody else
 * @param unmatched no access rule speaks about the request
 * @param unverifiable the token could not be judged
 * @param challenges whether 401 and 403 carry {@code WWW-Authenticate} (RFC 6750, 3)
 */
public record Statuses(int noToken, int wrongAudience, int unmatched, int unverifiable, boolean challenges) {
    /** What RFC 6750 asks for. */
    public static final Statuses STANDARD = new Statuses(401, 401, 404, 503, true);

    /**
     * The status for a reason; a guard chooses its own.
     *
     * @param reason why a request is refused
     * @return the status
     */
    int of(Reason reason) {
        return switch (reason) {
            case BAD_REQUEST -> 400;
            case UNKNOWN_HOST -> 404;
            case NO_TOKEN -> noToken;
            case INVALID_TOKEN -> 401;
            case WRONG_AUDIENCE -> wrongAudience;
            case INSUFFICIENT_SCOPE, DENIED, GUARDED -> 403;
            case UNMATCHED -> unmatched;
            case UNVERIFIABLE -> unverifiable;
        };
    }
}
