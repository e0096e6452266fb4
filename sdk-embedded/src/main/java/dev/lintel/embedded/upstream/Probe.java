package dev.lintel.embedded.upstream;

import dev.lintel.embedded.balance.Time;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One question to a workload whether it is well, on a connection of its own; 200 says that it is. */
public final class Probe implements Receiver, Home {
    private final Address address;
    private final @Nullable String authority;
    private final String path;
    private final Consumer<Boolean> answered;
    private @Nullable Connection connection;
    private Time.Timer timer = Time.Timer.NONE;
    private boolean over;

    private Probe(Address address, @Nullable String authority, String path, Consumer<Boolean> answered) {
        this.address = address;
        this.authority = authority;
        this.path = path;
        this.answered = answered;
    }

    /**
     * Asks.
     *
     * @param loop where this is done; may be called from any thread
     * @param authority what the workload gets as {@code Host}; null for its address
     * @param timeoutNanos how long it may take, by the given time
     * @param answered told once, on the loop
     */
    public static void ask(
            EventLoop loop,
            Connector connector,
            Time time,
            Address address,
            @Nullable String authority,
            String path,
            long timeoutNanos,
            Consumer<Boolean> answered) {
        Probe probe = new Probe(address, authority, path, answered);
        loop.execute(() -> {
            probe.timer = time.after(timeoutNanos, () -> loop.execute(() -> probe.over(false)));
            connector.connect(loop, probe, address, probe);
        });
    }

    private void over(boolean well) {
        if (!over) {
            over = true;
            timer.cancel();
            if (connection != null) {
                connection.close();
            }
            answered.accept(well);
        }
    }

    @Override
    public void connected(Connection made) {
        connection = made;
        if (over) {
            made.close();
            return;
        }
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path, Unpooled.EMPTY_BUFFER);
        request.headers()
                .set(HttpHeaderNames.HOST, authority == null ? bound() : authority)
                .set(HttpHeaderNames.USER_AGENT, "lintel-health")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        made.expect(false);
        made.write(request);
        made.flush();
    }

    private String bound() {
        String host = address.host().indexOf(':') < 0 ? address.host() : "[" + address.host() + "]";
        return host + ":" + address.port();
    }

    @Override
    public void head(HttpResponse response) {
        int status = response.status().code();
        if (status >= 200) {
            over(status == 200);
        }
    }

    @Override
    public void content(HttpContent content) {
        content.release();
    }

    @Override
    public void readComplete() {}

    @Override
    public void writable(boolean writable) {}

    @Override
    public void failed(Failure failure) {
        over(false);
    }

    @Override
    public void rest(Connection resting) {
        resting.close();
    }

    @Override
    public void forget(Connection closed) {}
}
