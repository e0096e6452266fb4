package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Request;
import dev.lintel.embedded.identity.Proven;
import dev.lintel.embedded.wire.Refusal;
import dev.lintel.embedded.wire.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * How a connection came.
 *
 * @param tls whether it is encrypted
 * @param proven what its client has proven; null on the listener for everybody
 */
record Arrival(boolean tls, @Nullable Proven proven) {
    String scheme() {
        return tls ? "https" : "http";
    }

    /**
     * Says of a request who calls, and whether by a name inside or by an exposed host.
     *
     * @return why it is refused: the certificate that the client has seen was that of another name; null if it may go on
     */
    @Nullable
    Refusal introduce(RequestHead head, Evaluator evaluator) {
        if (proven == null || head.refusal() != null) {
            return null;
        }
        boolean inside = evaluator.called(head.host()) != null;
        head.calledBy(proven.caller(), inside ? Request.Via.MESH : Request.Via.ENTRY, proven.isEnding());
        return proven.isFor(head.host())
                ? null
                : new Refusal(421, "the host is another one than that for which the connection was made");
    }
}
