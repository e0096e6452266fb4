package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Decision.Forward;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.embedded.world.Group;
import dev.lintel.embedded.world.Instance;
import dev.lintel.embedded.world.LocalFunction;
import dev.lintel.embedded.world.LocalFunction.Call;
import dev.lintel.embedded.world.Visit;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies of one request for its mirrors: path, headers and body as the service gets them, and {@code -shadow} behind
 * the host's name, as Envoy does. They leave when the request has come whole; a body that is too long is not sent.
 */
final class Shadows {
    private static final Logger LOG = LoggerFactory.getLogger(Shadows.class);
    private static final String SUFFIX = "-shadow";

    private final Front front;
    private final Mirrors mirrors;
    private final Forward forward;
    private final Onward onward;
    private final HttpHeaders headers;
    private final Copy body;
    private final List<Group> groups = new ArrayList<>(1);

    /** Takes the headers as they are now. */
    Shadows(Front front, Forward forward, Onward onward, List<Group> wanted, Copy body) {
        this.front = front;
        this.mirrors = front.engine().mirrors();
        this.forward = forward;
        this.onward = onward;
        this.headers = onward.copiedHeaders();
        this.body = body;
        for (Group group : wanted) {
            if (mirrors.begin()) {
                groups.add(group);
            }
        }
    }

    /** Sends what has not been sent; what is not whole is dropped. */
    void send(boolean whole) {
        for (Group group : groups) {
            if (!whole) {
                drop(null);
            } else {
                Visit visit = group.copy(onward.head());
                send(visit, visit == null ? group.pick(null) : visit.next());
            }
        }
        groups.clear();
    }

    /** Rules about workloads hold for copies as they do for calls, as in Envoy. */
    private void send(@Nullable Visit visit, @Nullable Instance instance) {
        if (instance instanceof Instance.Remote remote) {
            remote(visit, remote);
        } else if (instance instanceof Instance.Local local) {
            local(visit, local.function());
        } else {
            drop(visit);
        }
    }

    private void drop(@Nullable Visit visit) {
        if (visit != null) {
            visit.end();
        }
        mirrors.dropped();
        mirrors.end();
    }

    private void remote(@Nullable Visit visit, Instance.Remote remote) {
        HttpHeaders fields = headers.copy();
        fields.set(HttpHeaderNames.HOST, shadow(onward.authority()));
        DefaultFullHttpRequest copy = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                onward.method(),
                onward.uri(),
                Unpooled.wrappedBuffer(body.bytes()),
                fields,
                body.trailers().copy());
        TimeoutRule timeout = forward.api().service().timeout();
        long patience = front.engine().limits().response();
        new Shadow(mirrors, visit, copy)
                .start(
                        front,
                        remote.address(),
                        timeout == null ? patience : timeout.total().toNanos());
    }

    private void local(@Nullable Visit visit, LocalFunction function) {
        Map<String, String> fields = Onward.map(headers);
        fields.put("host", shadow(onward.authority()));
        Call call = onward.call(
                shadow(onward.authority()),
                fields,
                ByteBuffer.wrap(body.bytes()).asReadOnlyBuffer());
        if (mirrors.call(() -> run(visit, function, call))) {
            mirrors.sent();
        } else {
            drop(visit);
        }
    }

    private void run(@Nullable Visit visit, LocalFunction function, Call call) {
        try {
            int status = function.call(call).status();
            if (visit != null) {
                visit.answered(status);
            }
        } catch (Exception e) {
            if (visit != null) {
                visit.answered(500);
            }
            LOG.debug("a mirror of {} failed", forward.api().id(), e);
        } finally {
            if (visit != null) {
                visit.end();
            }
            mirrors.end();
        }
    }

    /** The suffix stands before the port. */
    static String shadow(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean port = colon > authority.lastIndexOf(']') && colon > 0;
        return port ? authority.substring(0, colon) + SUFFIX + authority.substring(colon) : authority + SUFFIX;
    }
}
