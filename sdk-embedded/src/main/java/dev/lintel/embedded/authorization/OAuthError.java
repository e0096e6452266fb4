package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/** Why a request is refused, as the protocol says it. Its words never quote what could be a secret. */
final class OAuthError extends Exception {
    private static final long serialVersionUID = 1L;
    /** The longest that a client has to wait after too many failures. */
    private static final String RETRY_AFTER_SECONDS = "60";

    private final ErrorCode code;

    private OAuthError(ErrorCode code, String description) {
        super(description, null, false, false);
        this.code = code;
    }

    /**
     * An error.
     *
     * @param code which
     * @param description for the developer of the client; printable ASCII without quotes and backslashes
     */
    static OAuthError of(ErrorCode code, String description) {
        return new OAuthError(code, description);
    }

    ErrorCode code() {
        return code;
    }

    Reply reply() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("error", code.code());
        members.put("error_description", String.valueOf(getMessage()));
        Reply reply = Reply.json(code.status(), members);
        return switch (code) {
            case INVALID_CLIENT -> reply.header("WWW-Authenticate", "Basic realm=\"token\"");
            case INVALID_TOKEN -> reply.header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            case INSUFFICIENT_SCOPE -> reply.header("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
            case TEMPORARILY_UNAVAILABLE -> reply.header("Retry-After", RETRY_AFTER_SECONDS);
            default -> reply;
        };
    }
}
