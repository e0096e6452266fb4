package dev.lintel.embedded;

import dev.lintel.core.ServiceRef;
import dev.lintel.core.front.Front;
import dev.lintel.core.front.FrontAnswer;
import dev.lintel.core.front.FrontCall;
import dev.lintel.core.front.FrontContext;
import dev.lintel.core.front.FrontHeader;
import dev.lintel.core.front.FrontProvider;
import dev.lintel.core.front.FrontReply;
import dev.lintel.core.front.FrontRequest;
import dev.lintel.core.model.FrontRule;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.SubmissionPublisher;

/** Serves what a test asks it to do: {@code /{service}/…} is passed on to the service, everything else has a meaning. */
public final class PassingFront implements FrontProvider {
    static final String KIND = "test.front/v1";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Front open(FrontRule rule, FrontContext context) {
        if (rule.files().containsKey("broken")) {
            throw new IllegalArgumentException("the rule is broken");
        }
        return request -> answer(rule, context, request);
    }

    private static FrontAnswer answer(FrontRule rule, FrontContext context, FrontRequest request) {
        String path = request.path();
        if (path.equals("/which")) {
            return text(200, rule.files() + " of " + context.api());
        }
        if (path.equals("/stream")) {
            SubmissionPublisher<ByteBuffer> parts = new SubmissionPublisher<>(Runnable::run, 8);
            return FrontAnswer.stream(200, Map.of("content-type", "text/plain"), subscriber -> {
                parts.subscribe(subscriber);
                parts.submit(ByteBuffer.wrap("one ".getBytes(StandardCharsets.UTF_8)));
                parts.submit(ByteBuffer.wrap("two".getBytes(StandardCharsets.UTF_8)));
                parts.close();
            });
        }
        int slash = path.indexOf('/', 1);
        String same = path.substring(slash) + (request.query() == null ? "" : "?" + request.query());
        String target = request.header("x-target").orElse(same);
        FrontCall call = new FrontCall(
                request.method(),
                target,
                List.of(new FrontHeader("x-a", "b")),
                request.body(),
                Duration.ofMillis(Long.parseLong(request.header("x-millis").orElse("5000"))));
        try {
            FrontReply reply = context.call(ServiceRef.parse(path.substring(1, slash)), call);
            return text(200, reply.status() + " " + StandardCharsets.UTF_8.decode(reply.body()));
        } catch (SocketTimeoutException e) {
            return text(504, String.valueOf(e.getMessage()));
        } catch (IOException | IllegalArgumentException e) {
            return text(502, String.valueOf(e.getMessage()));
        }
    }

    private static FrontAnswer text(int status, String text) {
        return FrontAnswer.of(
                status,
                Map.of("content-type", "text/plain", "Connection", "close"),
                text.getBytes(StandardCharsets.UTF_8));
    }
}
