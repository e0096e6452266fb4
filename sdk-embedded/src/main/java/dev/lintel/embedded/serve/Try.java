package dev.lintel.embedded.serve;

import dev.lintel.embedded.upstream.Connection;
import dev.lintel.embedded.upstream.Failure;
import dev.lintel.embedded.upstream.Receiver;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** One try to get a response. A try that was given up hears nothing any more, whatever still comes for it. */
final class Try implements Receiver {
    private final Relay relay;
    private @Nullable Connection connection;
    private boolean given;
    private boolean informational;

    Try(Relay relay) {
        this.relay = relay;
    }

    /** Null as long as there is none. */
    @Nullable
    Connection connection() {
        return connection;
    }

    /** Whether its connection was used before, so that the service may have closed it at the same moment. */
    boolean mayBeStale() {
        return connection != null && connection.used();
    }

    void giveUp() {
        given = true;
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
