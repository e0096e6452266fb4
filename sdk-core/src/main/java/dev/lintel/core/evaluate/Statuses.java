package dev.lintel.core.evaluate;

/**
 * Which status answers which refusal, where worlds differ.
 *
 * @param noToken a token is needed and none came
 * @param wrongAudience the token is for somebody else
 * @param unmatched no access rule speaks about the request
 * @param unverifiable the token could not be judged
 * @param challenges whether 403 carries {@code WWW-Authenticate} (RFC 6750, 3); 401 always does (RFC 9110, 11.6.1)
 */
public record Statuses(int noToken, int wrongAudience, int unmatched, int unverifiable, boolean challenges) {
    /** What RFC 6750 asks for. */
    public static final Statuses STANDARD = new Statuses(401, 401, 404, 503, true);
    /**
     * What a mesh of Istio answers: whoever is not let in by a rule gets a bare 403, whatever the reason, and a token
     * whose keys cannot be had counts as a bad one.
     *
     * @see <a href="https://istio.io/latest/docs/reference/config/security/request_authentication/">Istio,
     *     RequestAuthentication</a>
     */
    public static final Statuses ISTIO = new Statuses(403, 403, 403, 401, false);

    /**
     * The status for a reason; a guard and an external authorizer choose their own.
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
            case INSUFFICIENT_SCOPE, DENIED, GUARDED, UNPROVEN, CALLER, ISOLATED, UNAUTHORIZED, AUTHORIZER_FAILED ->
                403;
            case UNMATCHED -> unmatched;
            case UNVERIFIABLE -> unverifiable;
        };
    }

    boolean challenges(int status) {
        return status == 401 || challenges && status == 403;
    }
}
