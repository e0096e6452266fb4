package dev.lintel.junit;

import dev.lintel.core.evaluate.Explanation;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.GatewayRequest;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.TokenRequest;
import dev.lintel.embedded.authorization.chaos.ChaosHit;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a test so far: the requests at the gateway, those at the authorization server, and what was disturbed.
 * Each assertion that fails tells all of it. Holds no tokens, queries or bodies.
 */
public final class RequestJournal {
    private static final String TOKEN_REQUEST = "POST /token";

    private final Gateway gateway;
    private final @Nullable AuthorizationServer authorization;

    RequestJournal(Gateway gateway, @Nullable AuthorizationServer authorization) {
        this.gateway = gateway;
        this.authorization = authorization;
    }

    /**
     * The requests that the gateway has answered.
     *
     * @return the last 1,000, the oldest first
     */
    public List<GatewayRequest> requests() {
        return gateway.journal().requests();
    }

    /**
     * The token requests that were executed.
     *
     * @return the oldest first; none without an authorization server
     */
    public List<TokenRequest> tokenRequests() {
        return authorization == null ? List.of() : authorization.journal();
    }

    /**
     * What was disturbed on purpose.
     *
     * @return the oldest first; nothing without an authorization server
     */
    public List<ChaosHit> disturbed() {
        return authorization == null ? List.of() : authorization.chaos().hits();
    }

    /**
     * The gateway has answered so many requests, refused ones included.
     *
     * @param expected how many
     * @throws AssertionError if there were more or fewer; the message tells all of them
     */
    public void assertRequests(int expected) {
        compare(expected, gateway.journal().count(), "request at the gateway");
    }

    /**
     * So many token requests have come, whether they were executed or answered by the chaos. Connections that were refused
     * or reset before anything was read are no requests.
     *
     * @param expected how many
     * @throws AssertionError if there were more or fewer; the message tells all of them
     */
    public void assertTokenRequests(int expected) {
        long answered = authorization == null ? 0 : authorization.tokenRequests();
        long disturbed = disturbed().stream()
                .filter(hit -> !hit.executed() && hit.request().equals(TOKEN_REQUEST))
                .count();
        compare(expected, answered + disturbed, "token request");
    }

    /**
     * The gateway has let a request go on to the service.
     *
     * @param method for example {@code GET}
     * @param path as it was asked for, without the query
     * @throws AssertionError if there was none; the message tells all requests
     */
    public void assertForwarded(String method, String path) {
        some("forwarded", method, path, GatewayRequest::isForwarded);
    }

    /**
     * The gateway has let a request go on to one version of the service.
     *
     * @param method for example {@code GET}
     * @param path as it was asked for, without the query
     * @param version as the definition names it
     * @throws AssertionError if there was none; the message tells all requests
     */
    public void assertForwarded(String method, String path, String version) {
        some(
                "forwarded to version " + version,
                method,
                path,
                request -> request.version().filter(version::equals).isPresent());
    }

    /**
     * The gateway has refused a request.
     *
     * @param method for example {@code GET}
     * @param path as it was asked for, without the query
     * @param status what it was answered
     * @throws AssertionError if there was none; the message tells all requests
     */
    public void assertRefused(String method, String path, int status) {
        some("refused with " + status, method, path, request -> !request.isForwarded() && request.status() == status);
    }

    /**
     * The gateway has refused no request.
     *
     * @throws AssertionError if it has; the message tells which, and why
     */
    public void assertNothingRefused() {
        long refused =
                requests().stream().filter(request -> !request.isForwarded()).count();
        compare(0, refused, "refused request");
    }

    private void compare(long expected, long actual, String what) {
        if (expected != actual) {
            throw new AssertionError("expected " + count(expected, what) + ", but there "
                    + (actual == 1 ? "was " : "were ") + actual + "\n" + render());
        }
    }

    private static String count(long number, String what) {
        return number + " " + (number == 1 ? what : what.replaceFirst("request", "requests"));
    }

    private void some(String what, String method, String path, Predicate<GatewayRequest> wanted) {
        boolean found = requests().stream()
                .anyMatch(request ->
                        request.method().equals(method) && request.path().equals(path) && wanted.test(request));
        if (!found) {
            throw new AssertionError(
                    "expected " + method + " " + path + " to be " + what + ", but it was not\n" + render());
        }
    }

    /**
     * All of it in words, the last request that was refused with each step of its decision.
     *
     * @return several lines
     */
    public String render() {
        StringBuilder out = new StringBuilder();
        Lines.add(out, "requests at the gateway", gateway.journal().count(), requests());
        if (authorization != null) {
            Lines.add(
                    out,
                    "token requests that were executed",
                    authorization.tokenRequests(),
                    tokenRequests().stream().map(Lines::of).toList());
            Lines.add(out, "disturbed on purpose", disturbed().size(), disturbed());
        }
        requests().stream()
                .filter(request -> !request.isForwarded())
                .map(GatewayRequest::explanation)
                .filter(Objects::nonNull)
                .map(Explanation::render)
                .reduce((earlier, later) -> later)
                .ifPresent(trace -> out.append("the last refusal: ").append(trace));
        return out.toString();
    }

    @Override
    public String toString() {
        return render();
    }
}
