package dev.lintel.embedded.serve;

import dev.lintel.embedded.upstream.Address;
import dev.lintel.embedded.upstream.Connection;
import dev.lintel.embedded.upstream.Failure;
import dev.lintel.embedded.upstream.Receiver;
import dev.lintel.embedded.upstream.Waiting;
import dev.lintel.embedded.wire.ResponseReader;
import dev.lintel.embedded.wire.ResponseReader.ResponseHead;
import dev.lintel.embedded.world.Visit;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a request on its way to a mirror. What comes back is read and thrown away, so that the connection can be used
 * again, but not more than a megabyte of it and not for ever.
 */
final class Shadow implements Receiver {
    private static final int MOST = 1024 * 1024;

    private final Mirrors mirrors;
    private final FullHttpRequest request;
    private final @Nullable Visit visit;
    private final boolean toHead;
    private @Nullable Connection connection;
    private @Nullable ResponseHead answer;
    private @Nullable Future<?> alarm;
    private @Nullable Waiting waiting;
    private boolean informational;
    private boolean over;
    private int read;

    Shadow(Mirrors mirrors, @Nullable Visit visit, FullHttpRequest request) {
        this.mirrors = mirrors;
        this.visit = visit;
        this.request = request;
        this.toHead = request.method().equals(HttpMethod.HEAD);
    }

    void start(Front front, Address address, long patience) {
        alarm = front.loop().schedule(this::late, patience, TimeUnit.NANOSECONDS);
        waiting = front.pool().acquire(address, visit == null ? null : visit.connections(), this);
    }

    @Override
    public void connected(Connection made) {
        if (over) {
            made.close();
            return;
        }
        connection = made;
        mirrors.sent();
        made.expect(toHead);
        made.write(request);
        made.flush();
    }

    @Override
    public void head(HttpResponse response) {
        int status = response.status().code();
        informational = status >= 100 && status < 200 && status != 101;
        if (!informational) {
            answer = ResponseReader.read(response, toHead);
            if (answer == null) {
                failed(Failure.GARBAGE);
            } else if (visit != null) {
                visit.answered(status);
            }
        }
    }

    @Override
    public void content(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        read += content.content().readableBytes();
        content.release();
        ResponseHead head = answer;
        if (informational) {
            informational = !last;
        } else if (last && head != null) {
            end(head.keepAlive());
        } else if (read > MOST) {
            end(false);
        }
    }

    private void late() {
        if (connection == null) {
            // Who waited for a connection in vain says nothing about the workload.
            end(false);
        } else {
            failed(Failure.TIMEOUT);
        }
    }

    private void end(boolean reusable) {
        if (over) {
            return;
        }
        over = true;
        mirrors.end();
        if (waiting != null) {
            waiting.cancel();
        }
        if (visit != null) {
            visit.end();
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        if (connection == null) {
            mirrors.dropped();
        } else if (reusable) {
            connection.rest();
        } else {
            connection.close();
        }
    }

    @Override
    public void readComplete() {}

    @Override
    public void writable(boolean writable) {}

    @Override
    public void failed(Failure failure) {
        if (visit != null && answer == null && !over) {
            visit.failed(failure);
        }
        end(false);
    }
}
