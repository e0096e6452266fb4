package dev.lintel.graphql.upstream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A call that gave no value. Its message and its problem may be shown to clients; its cause may not. */
public final class UpstreamException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient UpstreamProblem problem;
    /** Whether the service may have seen the request. */
    private final boolean sent;

    /**
     * A call that gave no value.
     *
     * @param problem what clients are told
     * @param sent whether the service may have seen the request
     * @param cause for logs, null if there is none
     */
    public UpstreamException(UpstreamProblem problem, boolean sent, @Nullable Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
        this.sent = sent;
    }

    /**
     * What clients are told.
     *
     * @return the problem
     */
    public UpstreamProblem problem() {
        return problem;
    }

    /**
     * Whether the service may have seen the request, so that it must not be sent again unless it is idempotent.
     *
     * @return false if nothing of it was sent
     */
    public boolean sent() {
        return sent;
    }
}
