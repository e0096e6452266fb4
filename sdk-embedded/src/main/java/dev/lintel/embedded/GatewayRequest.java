package dev.lintel.embedded;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Explanation;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that a gateway has answered, or given up. Holds no header, no token, no query and no body.
 *
 * @param at when it ended
 * @param method for example {@code GET}; a dash if the request was not valid HTTP
 * @param host as it came, with the port if there was one; a dash if the request was not valid HTTP
 * @param path as it came, without the query; empty if the request was not valid HTTP
 * @param caller who called, as far as the connection proved it
 * @param explanation what was decided, step by step; null if the request was refused before anything was decided
 * @param status what was answered; 0 if nothing was
 * @param whole whether the client was given the answer to its end
 */
public record GatewayRequest(
        Instant at,
        String method,
        String host,
        String path,
        Caller caller,
        @Nullable Explanation explanation,
        int status,
        boolean whole) {
    /**
     * What was decided.
     *
     * @return empty if the request was refused before anything was decided
     */
    public Optional<Decision> decision() {
        return Optional.ofNullable(explanation).map(Explanation::decision);
    }

    /**
     * Whether the gateway let it go on to the service, whatever that answered.
     *
     * @return false if it was refused, or answered in place of the service
     */
    public boolean isForwarded() {
        return forward().isPresent();
    }

    /**
     * Whether the gateway answered it in place of the service because the definition says so: redirected, directly, or by a
     * fault made on purpose.
     *
     * @return false if it was refused or went to the service
     */
    public boolean isReplied() {
        return decision().filter(Decision.Reply.class::isInstance).isPresent();
    }

    /**
     * The version that it went to.
     *
     * @return empty if it was refused, or went to a service without versions
     */
    public Optional<String> version() {
        return forward().map(Decision.Forward::version);
    }

    private Optional<Decision.Forward> forward() {
        return decision().filter(Decision.Forward.class::isInstance).map(Decision.Forward.class::cast);
    }

    /** One line: what was asked for, what was answered, and why. */
    @Override
    public String toString() {
        String line = method + " " + host + path + " = " + (status == 0 ? "no answer" : status)
                + (whole || status == 0 ? "" : ", broken off")
                + decision().map(made -> ", " + made).orElse("");
        return line.replaceAll("\\p{Cntrl}", "?");
    }
}
