package dev.lintel.mesh.verify;

import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.evaluate.RequestValue;
import java.util.Set;

/**
 * One request, and what the model says to it.
 *
 * @param kind what it carries
 * @param api which is asked, for example {@code orders.shop}
 * @param request as it is sent
 * @param decided the same for an evaluator
 * @param expected its answer
 * @param authorized whether somebody else is asked as well, who may refuse in other ways
 * @param origin the line that says so
 */
record Probe(
        ProbeKind kind,
        String api,
        ProbeRequest request,
        RequestValue decided,
        Decision expected,
        boolean authorized,
        Origin origin) {
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final int SERVED = 200;
    /** A proxy of some world answers so what the standard answers otherwise; refused is refused. */
    private static final Set<Integer> REFUSED = Set.of(401, 403);
    /** Where nobody may call, some gateways know no route. */
    private static final Set<Reason> NO_ROUTE = Set.of(Reason.UNMATCHED, Reason.DENIED, Reason.UNKNOWN_HOST);

    boolean isRefusal() {
        return expected instanceof Decision.Refuse;
    }

    /** Whether an answer is what the model says, whatever status this world has for it. */
    boolean agrees(ProbeAnswer answer) {
        int status = answer.status();
        if (kind == ProbeKind.ANYBODY) {
            return status > 0 && !REFUSED.contains(status) && (status != NOT_FOUND || answer.behind());
        }
        if (!(expected instanceof Decision.Refuse refuse)) {
            return isOpened(answer);
        }
        if (refuse.reason() != Reason.UNKNOWN_HOST && REFUSED.contains(status)) {
            return true;
        }
        // A service may say by itself that there is no such thing.
        return !answer.behind()
                && (status == NOT_FOUND ? NO_ROUTE.contains(refuse.reason()) : authorized && is4xx(status));
    }

    /** Whether it would be answered otherwise if this were decided; by which status a world refuses tells nothing. */
    boolean tells(Decision other) {
        if (other instanceof Decision.Refuse refuse) {
            return !agrees(ProbeAnswer.of(refuse.reason() == Reason.UNKNOWN_HOST ? NOT_FOUND : FORBIDDEN, false));
        }
        return !agrees(
                other instanceof Decision.Reply reply
                        ? ProbeAnswer.of(reply.status(), false)
                        : ProbeAnswer.of(SERVED, !(other instanceof Decision.Login)));
    }

    /** Whether it asks for a host at which nothing is; whoever does not even answer there has nothing there. */
    boolean isOfNoHost() {
        return expected instanceof Decision.Refuse refuse && refuse.reason() == Reason.UNKNOWN_HOST;
    }

    /** Whether the service has been reached, or might have been, although it should not be. */
    boolean isOpen(ProbeAnswer answer) {
        return isRefusal() && isOpened(answer);
    }

    private static boolean isOpened(ProbeAnswer answer) {
        int status = answer.status();
        return status >= 200 && status < 300 || answer.behind() && status > 0 && !REFUSED.contains(status);
    }

    private static boolean is4xx(int status) {
        return status >= 400 && status < 500;
    }

    /** What should come of it, for people. */
    String should() {
        return expected instanceof Decision.Refuse refuse
                ? "should be refused (" + refuse.reason() + ": " + refuse.detail() + ")"
                : "should reach the service";
    }

    /** For people, without the token: {@code GET orders.example.com/orders/7 without a token}. */
    @Override
    public String toString() {
        return request.method() + " " + request.host() + request.path() + " " + kind;
    }
}
