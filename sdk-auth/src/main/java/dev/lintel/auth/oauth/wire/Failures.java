package dev.lintel.auth.oauth.wire;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Reply;
import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a failure means: whether asking again may help, and what to do. */
public final class Failures {
    /** Only codes that are known are repeated, with what to do: whatever else stands there may be an echo. */
    private static final Map<String, String> ERRORS = Map.ofEntries(
            Map.entry("invalid_request", "a parameter is missing or wrong for this server"),
            Map.entry("invalid_client", "check the client's id, its credential and how it is sent"),
            Map.entry("invalid_grant", "the grant is used up, expired or revoked: get a new one"),
            Map.entry("unauthorized_client", "allow this grant for the client at the server"),
            Map.entry("unsupported_grant_type", "use a grant that the server has"),
            Map.entry("unsupported_response_type", "allow the response type 'code' at the server"),
            Map.entry("unsupported_token_type", "the server does not revoke tokens of this kind"),
            Map.entry("invalid_scope", "ask only for scopes that the client may have"),
            Map.entry("invalid_target", "the server does not know the resource or audience"),
            Map.entry("invalid_token", "use a token that is good at this endpoint"),
            Map.entry("insufficient_scope", "use a token that may do this"),
            Map.entry("invalid_dpop_proof", "check this machine's clock, and the proof's algorithm"),
            Map.entry("use_dpop_nonce", "the server asks for a nonce again and again"),
            Map.entry("access_denied", "the user or the server said no"),
            Map.entry("login_required", "log in without prompt=none"),
            Map.entry("consent_required", "log in without prompt=none"),
            Map.entry("interaction_required", "log in without prompt=none"),
            Map.entry("account_selection_required", "log in without prompt=none"),
            Map.entry("authorization_pending", "the user has not answered yet"),
            Map.entry("slow_down", "ask less often"),
            Map.entry("expired_token", "the user did not answer in time: begin again"),
            Map.entry("invalid_redirect_uri", "register redirect addresses that the server allows"),
            Map.entry("invalid_client_metadata", "register what the server allows"),
            Map.entry("invalid_software_statement", "use a software statement that the server trusts"),
            Map.entry("unapproved_software_statement", "use a software statement that the server trusts"),
            Map.entry("server_error", "the server failed"),
            Map.entry("temporarily_unavailable", "the server is busy"));

    private static final List<Integer> BUSY = List.of(408, 429, 500, 502, 503, 504);

    private Failures() {}

    /**
     * The error code of an answer.
     *
     * @param reply any answer
     * @return null if there is none that is known
     */
    public static @Nullable String error(Reply reply) {
        if (!reply.isJson()) {
            return null;
        }
        Object error = StrictJson.object(reply.body()).orElse(Map.of()).get("error");
        return error instanceof String code ? known(code) : null;
    }

    /**
     * An error code, if it is one that may be repeated.
     *
     * @param code as it came
     * @return null if it is not known
     */
    public static @Nullable String known(String code) {
        return ERRORS.containsKey(code) ? code : null;
    }

    /**
     * What an answer that is no success means.
     *
     * @param where the endpoint
     * @param reply its answer
     * @param oneUse whether what was sent is good for one use
     * @param now this machine's time
     * @return for throwing; its message has the status, the error code if that is known, and what to do
     */
    public static TokenFetchException of(URI where, Reply reply, boolean oneUse, Instant now) {
        String error = error(reply);
        String what = "answered " + reply.status() + (error == null ? "" : " " + error) + "; " + hint(reply, error);
        return new TokenFetchException(
                kind(reply.status(), error, oneUse),
                FetchException.of(where, what).getMessage(),
                error,
                RetryAfter.of(reply, now));
    }

    /**
     * What an error code that came by way of the browser means.
     *
     * @param what where it came, as in "The login at https://id.example"
     * @param code as it came
     * @return for throwing
     */
    public static TokenFetchException answered(String what, String code) {
        String error = known(code);
        String words = error == null ? "an error whose code is not known" : error + "; " + ERRORS.get(error);
        return new TokenFetchException(kind(400, error, false), what + " was answered with " + words, error, null);
    }

    /**
     * What it means that there is no answer, or none that can be read.
     *
     * @param e why
     * @param oneUse whether what was sent is good for one use
     * @return {@link Kind#AMBIGUOUS} if something good for one use may have arrived, else {@link Kind#RETRYABLE}
     */
    public static TokenFetchException of(FetchException e, boolean oneUse) {
        boolean ambiguous = oneUse && e.isSent();
        return new TokenFetchException(
                ambiguous ? Kind.AMBIGUOUS : Kind.RETRYABLE,
                e.getMessage() + (ambiguous ? "; what was sent may be used up, so it is not sent again" : ""),
                null,
                null);
    }

    /**
     * What it means that a token came which must not be used.
     *
     * @param e why not
     * @param oneUse whether what was sent is good for one use
     * @return {@link Kind#AMBIGUOUS} if something good for one use was used up for it, and what replaces that is in the
     *     answer that is given up; else {@link Kind#PERMANENT}
     */
    static TokenFetchException unusable(FetchException e, boolean oneUse) {
        return new TokenFetchException(oneUse ? Kind.AMBIGUOUS : Kind.PERMANENT, e.getMessage(), null, null);
    }

    /**
     * Something that stays wrong until somebody changes it.
     *
     * @param message what, and what to do
     * @return for throwing
     */
    public static TokenFetchException permanent(String message) {
        return new TokenFetchException(Kind.PERMANENT, message, null, null);
    }

    private static Kind kind(int status, @Nullable String error, boolean oneUse) {
        if (oneUse && (status == 504 || error == null && isPassedOn(status))) {
            return Kind.AMBIGUOUS;
        }
        if (BUSY.contains(status) || "temporarily_unavailable".equals(error) || "server_error".equals(error)) {
            return Kind.RETRYABLE;
        }
        return "invalid_grant".equals(error) || "expired_token".equals(error) ? Kind.INVALID_GRANT : Kind.PERMANENT;
    }

    /**
     * Whether somebody may have acted on what was sent before this was answered: a gateway that passed it on and heard
     * nothing that it understood, a program that failed half-way, a page that sends on to where a browser would go. A 503
     * and a 429 say that nothing was done.
     */
    private static boolean isPassedOn(int status) {
        return status >= 300 && status < 400 || status == 408 || status >= 500 && status != 503;
    }

    private static String hint(Reply reply, @Nullable String error) {
        if (error != null) {
            return String.valueOf(ERRORS.get(error));
        }
        if (reply.status() >= 300 && reply.status() < 400) {
            return "redirects are not followed here: use the address that it leads to";
        }
        if (BUSY.contains(reply.status())) {
            return "it may work later";
        }
        return "without an error code that is known: is this the right address?";
    }
}
