package dev.lintel.auth.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that the caller gets only if the request is not repeated. One that is too long to be kept goes to
 * the caller at once, and the request is not repeated.
 */
final class HeldBackEntity implements AsyncDataConsumer {
    private final HttpResponse response;
    private final @Nullable EntityDetails details;
    private final AsyncExecCallback callback;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private List<? extends Header> trailers = List.of();
    private boolean delivered;
    private @Nullable AsyncDataConsumer passing;

    HeldBackEntity(HttpResponse response, @Nullable EntityDetails details, AsyncExecCallback callback) {
        this.response = response;
        this.details = details;
        this.callback = callback;
    }

    /** Whether the caller has it already. */
    boolean delivered() {
        return delivered;
    }

    /** Gives it to the caller after all. */
    void deliver() {
        try {
            hand();
            if (passing != null) {
                passing.streamEnd(trailers);
            }
            callback.completed();
        } catch (HttpException | IOException e) {
            callback.failed(e);
        }
    }

    private void hand() throws HttpException, IOException {
        delivered = true;
        passing = callback.handleResponse(response, details);
        if (passing != null && kept.size() > 0) {
            passing.consume(ByteBuffer.wrap(kept.toByteArray()));
        }
        kept.reset();
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        if (passing != null) {
            passing.updateCapacity(channel);
        } else {
            channel.update(TokenInterceptor.MOST_BYTES);
        }
    }

    @Override
    public void consume(ByteBuffer more) throws IOException {
        if (!delivered && kept.size() + more.remaining() > TokenInterceptor.MOST_BYTES) {
            try {
                hand();
            } catch (HttpException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        if (passing != null) {
            passing.consume(more);
            return;
        }
        byte[] bytes = new byte[more.remaining()];
        more.get(bytes);
        if (!delivered) {
            kept.writeBytes(bytes);
        }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> last) throws HttpException, IOException {
        trailers = last == null ? List.of() : last;
        if (passing != null) {
            passing.streamEnd(trailers);
        }
    }

    @Override
    public void releaseResources() {
        if (passing != null) {
            passing.releaseResources();
        }
    }
}
