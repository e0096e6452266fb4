package dev.lintel.embedded.world;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Token;
import dev.lintel.embedded.wire.Fields;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A workload that is a function in this JVM. It may block: it is called off the event loop. */
@FunctionalInterface
public interface LocalFunction {
    /**
     * Answers a request.
     *
     * @throws Exception for anything that went wrong; the caller gets a 500 without it
     */
    Answer call(Call call) throws Exception;

    /**
     * A request as a function gets it.
     *
     * @param headers names in lower case, values joined by commas
     * @param body read-only
     */
    record Call(
            String method,
            String host,
            String path,
            @Nullable String query,
            Map<String, String> headers,
            ByteBuffer body,
            Token token,
            Caller caller) {
        /** The same request with a body that nobody has read from. */
        public Call again() {
            return new Call(method, host, path, query, headers, body.duplicate(), token, caller);
        }
    }

    /** Whether a name and a value can be sent as a header field. */
    static boolean isField(String name, String value) {
        return Fields.isField(name, value);
    }

    /**
     * What a function answers.
     *
     * @param body whole; empty if there is none, or if it streams
     * @param stream the body, bit by bit; null if it is there
     */
    record Answer(
            int status, Map<String, String> headers, ByteBuffer body, Flow.@Nullable Publisher<ByteBuffer> stream) {
        /** An answer with its whole body. */
        public Answer(int status, Map<String, String> headers, ByteBuffer body) {
            this(status, headers, body, null);
        }
    }
}
