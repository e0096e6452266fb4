package dev.lintel.embedded;

import dev.lintel.core.front.Front;
import dev.lintel.core.front.FrontAnswer;
import dev.lintel.core.front.FrontContext;
import dev.lintel.core.front.FrontProvider;
import dev.lintel.core.front.FrontRequest;
import dev.lintel.core.model.FrontRule;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A front that streams to who asks for {@code /stream}; other requests steer what is streamed: {@code /part/TEXT} sends a text, {@code /end}
 * ends it, {@code /break} breaks it off, and {@code /state} tells what became of it. {@code /flood} sends 64 KiB each time it is asked for more.
 */
public final class SteeredFront implements FrontProvider, Front {
    static final String KIND = "test.steered/v1";

    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private long asked;
    private boolean cancelled;

    /** For the service loader. */
    public SteeredFront() {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Front open(FrontRule rule, FrontContext context) {
        return new SteeredFront();
    }

    @Override
    public FrontAnswer answer(FrontRequest request) {
        String path = request.path();
        Map<String, String> text = Map.of("content-type", "text/plain");
        if (path.equals("/stream") || path.equals("/flood")) {
            return FrontAnswer.stream(200, text, client -> subscribe(client, path.equals("/flood")));
        }
        Flow.Subscriber<? super ByteBuffer> client = client();
        if (client != null && path.startsWith("/part/")) {
            client.onNext(ByteBuffer.wrap(path.substring(6).getBytes(StandardCharsets.US_ASCII)));
        } else if (client != null && path.equals("/end")) {
            client.onComplete();
        } else if (client != null && path.equals("/break")) {
            client.onError(new IllegalStateException("broken on purpose"));
        }
        return FrontAnswer.of(200, text, state().getBytes(StandardCharsets.US_ASCII));
    }

    private synchronized Flow.@Nullable Subscriber<? super ByteBuffer> client() {
        return subscriber;
    }

    private synchronized String state() {
        return (subscriber == null ? "nobody" : "asked for " + asked) + (cancelled ? ", cancelled" : "");
    }

    private void subscribe(Flow.Subscriber<? super ByteBuffer> client, boolean flood) {
        synchronized (this) {
            subscriber = client;
        }
        client.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                synchronized (SteeredFront.this) {
                    asked += n;
                }
                if (flood) {
                    client.onNext(ByteBuffer.allocate(64 << 10));
                }
            }

            @Override
            public void cancel() {
                synchronized (SteeredFront.this) {
                    cancelled = true;
                }
            }
        });
    }
}
