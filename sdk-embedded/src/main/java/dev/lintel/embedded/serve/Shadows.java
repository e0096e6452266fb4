package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Decision.Forward;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.embedded.world.Group;
import dev.lintel.embedded.world.Instance;
import dev.lintel.embedded.world.LocalFunction;
import dev.lintel.embedded.world.LocalFunction.Call;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                drop();
            } else {
                send(group.pick(null));
            }
        }
        groups.clear();
    }

    private void send(Instance instance) {
        if (instance instanceof Instance.Remote remote) {
            remote(remote);
        } else if (instance instanceof Instance.Local local) {
            local(local.function());
        }
    }

    private void drop() {
        mirrors.dropped();
        mirrors.end();
    }

    private void remote(Instance.Remote remote) {
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
        new Shadow(mirrors, copy)
                .start(
                        front,
                        remote.address(),
                        timeout == null ? patience : timeout.total().toNanos());
    }

    private void local(LocalFunction function) {
        Map<String, String> fields = Onward.map(headers);
        fields.put("host", shadow(onward.authority()));
        Call call = onward.call(
                shadow(onward.authority()),
                fields,
                ByteBuffer.wrap(body.bytes()).asReadOnlyBuffer());
        if (mirrors.call(() -> run(function, call))) {
            mirrors.sent();
        } else {
            drop();
        }
    }

    private void run(LocalFunction function, Call call) {
        try {
            function.call(call);
        } catch (Exception e) {
            LOG.debug("a mirror of {} failed", forward.api().id(), e);
        } finally {
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
