package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.model.ApiModel;
import dev.lintel.embedded.wire.RequestHead;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each request, at debug: no headers, no query, nothing that a refused client made up. */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.lintel.embedded.access");

    private AccessLog() {}

    static void answered(Front front, RequestHead head, @Nullable Decision decision, int status, long started) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(line(front, head, decision, String.valueOf(status), started));
        }
    }

    static void broken(Front front, RequestHead head, @Nullable Decision decision, int status, long started) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(line(front, head, decision, status == 0 ? "aborted" : status + " aborted", started));
        }
    }

    /** Nothing is said of the certificate, nor of what was wrong with it: the alert said that to the client. */
    static void unproven(Channel channel) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("{} - - no handshake", Front.address(channel.remoteAddress()));
        }
    }

    private static String line(
            Front front, RequestHead head, @Nullable Decision decision, String outcome, long started) {
        StringBuilder line = new StringBuilder(96).append(front.client()).append(' ');
        if (decision == null || head.refusal() != null) {
            line.append("- -");
        } else if (decision instanceof Decision.Forward forward) {
            String version = forward.version() == null ? "" : "/" + forward.version();
            line.append(head.method()).append(' ').append(forward.api().id());
            line.append(version).append(forward.path());
        } else {
            ApiModel api = decision.api();
            line.append(head.method()).append(' ').append(api == null ? "-" : api.id());
            if (decision instanceof Decision.Reply reply) {
                line.append(reply.fault() ? " fault" : " reply");
            }
        }
        long micros = (Ticks.now() - started) / 1000;
        line.append(' ').append(outcome).append(' ').append(micros).append("us");
        if (head.caller() instanceof Caller.Workload caller) {
            line.append(" by ").append(caller);
        }
        return line.toString();
    }
}
