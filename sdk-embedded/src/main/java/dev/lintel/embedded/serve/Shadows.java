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
 * the host's name, as Envoy does. They leave when the request has come whole; a body that is too long is not sent. Which
 * workload gets a copy, and how many there may be at once, is as with any call of the version; but no copy waits.
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
    private final List<Wanted> wanted = new ArrayList<>(1);

    /** One mirror; it is visited only if there are rules about its workloads. */
    private record Wanted(Group group, @Nullable Visit visit) {}

    /** Takes the headers as they are now. */
    Shadows(Front front, Forward forward, Onward onward, List<Group> groups, Copy body) {
        this.front = front;
        this.mirrors = front.engine().mirrors();
        this.forward = forward;
        this.onward = onward;
        this.headers = onward.copiedHeaders();
        this.body = body;
        for (Group group : groups) {
            if (mirrors.begin()) {
                wanted.add(new Wanted(group, group.copy(onward.head())));
            }
        }
    }

    /** Sends what has not been sent; what is not whole is dropped. */
    void send(boolean whole) {
        for (Wanted one : wanted) {
            if (!whole) {
                drop();
            } else if (one.visit == null) {
                send(one.group.pick(null), null);
            } else {
                send(one.visit.next(), one.visit);
            }
        }
        wanted.clear();
    }

    private void send(@Nullable Instance instance, @Nullable Visit visit) {
        if (instance instanceof Instance.Remote remote) {
            remote(remote, visit);
        } else if (instance instanceof Instance.Local local) {
            local(local.function(), visit);
        } else {
            drop();
        }
    }

    private void drop() {
        mirrors.dropped();
        mirrors.end();
    }

    private void remote(Instance.Remote remote, @Nullable Visit visit) {
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

    private void local(LocalFunction function, @Nullable Visit visit) {
        Map<String, String> fields = Onward.map(headers);
        fields.put("host", shadow(onward.authority()));
        Call call = onward.call(
                shadow(onward.authority()),
                fields,
                ByteBuffer.wrap(body.bytes()).asReadOnlyBuffer());
        if (mirrors.call(() -> run(function, call, visit))) {
            mirrors.sent();
        } else {
            end(visit);
            drop();
        }
    }

    private void run(LocalFunction function, Call call, @Nullable Visit visit) {
        try {
            function.call(call);
        } catch (Exception e) {
            LOG.debug("a mirror of {} failed", forward.api().id(), e);
        } finally {
            end(visit);
            mirrors.end();
        }
    }

    private static void end(@Nullable Visit visit) {
        if (visit != null) {
            visit.end();
        }
    }

    /** The suffix stands before the port. */
    static String shadow(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean port = colon > authority.lastIndexOf(']') && colon > 0;
        return port ? authority.substring(0, colon) + SUFFIX + authority.substring(colon) : authority + SUFFIX;
    }
}
