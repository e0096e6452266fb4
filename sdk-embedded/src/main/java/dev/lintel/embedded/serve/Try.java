package dev.lintel.embedded.serve;

import dev.lintel.embedded.upstream.Connection;
import dev.lintel.embedded.upstream.Failure;
import dev.lintel.embedded.upstream.Receiver;
import dev.lintel.embedded.upstream.Waiting;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** One try to get a response. A try that was given up hears nothing any more, whatever still comes for it. */
final class Try implements Receiver {
    private final Relay relay;
    private @Nullable Connection connection;
    private @Nullable Waiting waiting;
    private boolean given;
    private boolean informational;

    Try(Relay relay) {
        this.relay = relay;
    }

    /** Somebody will give it a connection, or has already. */
    void waits(@Nullable Waiting until) {
        waiting = until;
    }

    /** Whether its connection was used before, so that the service may have closed it at the same moment. */
    boolean mayBeStale() {
        return connection != null && connection.used();
    }

    /** Whether a workload is to blame if this took too long: not if the call waited for its turn. */
    boolean blamesWorkload() {
        return connection != null || waiting == null;
    }

    void giveUp() {
        given = true;
        if (waiting != null) {
            waiting.cancel();
        }
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void connected(Connection made) {
        if (given) {
            made.close();
        } else {
            connection = made;
            relay.connected(made);
        }
    }

    @Override
    public void head(HttpResponse response) {
        int status = response.status().code();
        if (status >= 100 && status < 200 && status != 101) {
            informational = true;
        } else {
            informational = false;
            relay.head(response);
        }
    }

    @Override
    public void content(HttpContent content) {
        if (informational || given) {
            informational &= !(content instanceof LastHttpContent);
            content.release();
        } else {
            relay.content(content);
        }
    }

    @Override
    public void readComplete() {
        relay.readComplete();
    }

    @Override
    public void writable(boolean writable) {
        relay.serviceWritable(writable);
    }

    @Override
    public void failed(Failure failure) {
        if (!given) {
            given = true;
            relay.failed(this, failure);
        }
    }
}
