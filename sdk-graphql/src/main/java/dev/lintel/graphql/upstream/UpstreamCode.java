package dev.lintel.graphql.upstream;

/** What went wrong with a call, as {@code extensions.code} tells clients. The list is closed; codes keep their meaning. */
public enum UpstreamCode {
    /** An argument cannot be sent; nothing was sent. */
    BAD_ARGUMENT("an argument cannot be sent to the service"),
    /** The service refused the request: any 4xx that has no code of its own. */
    UPSTREAM_BAD_REQUEST("the service refused the request"),
    /** 401. */
    UPSTREAM_UNAUTHENTICATED("the service does not know who asks"),
    /** 403. */
    UPSTREAM_FORBIDDEN("the service does not allow this"),
    /** 404 and 410. */
    UPSTREAM_NOT_FOUND("the service has no such thing"),
    /** 409, 412 and 428. */
    UPSTREAM_CONFLICT("the service has another state than the request expects"),
    /** 429. */
    UPSTREAM_TOO_MANY_REQUESTS("the service was asked too often"),
    /** 5xx that have no code of their own. */
    UPSTREAM_FAILED("the service failed"),
    /** 502 and 503, and services that cannot be connected to or break off. */
    UPSTREAM_UNAVAILABLE("the service is not available"),
    /** 408 and 504, and answers that do not come in time. */
    UPSTREAM_TIMEOUT("the service did not answer in time"),
    /** 3xx: redirects are not followed. */
    UPSTREAM_REDIRECT("the service leads elsewhere"),
    /** An answer that is not what the document says: HTML, another type, empty, cut off, not JSON, encoded. */
    UPSTREAM_INVALID("the service answered with something else than it documents"),
    /** An answer with more bytes, levels or values than are taken. */
    UPSTREAM_TOO_LARGE("the service answered with more than is taken"),
    /** The query has used up the calls that it may make. */
    UPSTREAM_BUDGET("the query needs more calls of services than it may make");

    private final String message;

    UpstreamCode(String message) {
        this.message = message;
    }

    /**
     * What clients are told.
     *
     * @return a sentence that says nothing of the service's inside
     */
    public String message() {
        return message;
    }

    /**
     * The code of a status.
     *
     * @param status from 300 to 599
     * @return what it means
     */
    public static UpstreamCode of(int status) {
        return switch (status) {
            case 401 -> UPSTREAM_UNAUTHENTICATED;
            case 403 -> UPSTREAM_FORBIDDEN;
            case 404, 410 -> UPSTREAM_NOT_FOUND;
            case 408, 504 -> UPSTREAM_TIMEOUT;
            case 409, 412, 428 -> UPSTREAM_CONFLICT;
            case 429 -> UPSTREAM_TOO_MANY_REQUESTS;
            case 502, 503 -> UPSTREAM_UNAVAILABLE;
            default -> {
                if (status < 300) {
                    yield UPSTREAM_INVALID;
                }
                yield status < 400 ? UPSTREAM_REDIRECT : status < 500 ? UPSTREAM_BAD_REQUEST : UPSTREAM_FAILED;
            }
        };
    }
}
