package dev.lintel.embedded.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.embedded.upstream.Origination.Handshake;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose fault it is that there is no connection. */
class ConnectorTest {
    private static final Address NOBODY = Address.of(URI.create("http://nobody.invalid:80"));

    private final EventLoop loop = new DefaultEventLoopGroup(1).next();

    @AfterEach
    void close() {
        var unused = loop.parent().shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    /** Hears of a failure only. */
    private static final class Deaf extends CompletableFuture<Failure> implements Receiver, Home {
        @Override
        public void failed(Failure failure) {
            complete(failure);
        }

        @Override
        public void connected(Connection connection) {}

        @Override
        public void head(HttpResponse response) {}

        @Override
        public void content(HttpContent content) {}

        @Override
        public void readComplete() {}

        @Override
        public void writable(boolean writable) {}

        @Override
        public void rest(Connection connection) {}

        @Override
        public void forget(Connection connection) {}
    }

    private static Address prepared(IOException missing) {
        return new Address("nobody.invalid", 80, false, new Origination() {
            @Override
            public int connectMillis(int usual) {
                return usual;
            }

            @Override
            public Handshake prepare() throws IOException {
                throw missing;
            }

            @Override
            public void failed(Throwable cause) {}
        });
    }

    private Failure failure(Executor lookups, Address address) throws Exception {
        Connector connector = new Connector(SslContextBuilder.forClient().build(), lookups, 1_000, 1_000);
        Deaf deaf = new Deaf();
        connector.connect(loop, deaf, address, deaf);
        return deaf.get(20, TimeUnit.SECONDS);
    }

    @Test
    void a_name_that_nobody_knows_is_the_workloads() throws Exception {
        Failure failure = failure(Runnable::run, NOBODY);

        assertThat(failure).isEqualTo(Failure.CONNECT);
        assertThat(failure.isOfWorkload()).isTrue();
    }

    @Test
    void a_look_up_that_finds_no_thread_and_a_secret_that_is_missing_are_not() throws Exception {
        Executor full = work -> {
            throw new RejectedExecutionException("full");
        };

        assertThat(failure(full, NOBODY)).isEqualTo(Failure.UNPREPARED);
        assertThat(failure(Runnable::run, prepared(new IOException("no secret"))))
                .isEqualTo(Failure.UNPREPARED);
        assertThat(failure(Runnable::run, prepared(new UnknownHostException("store.invalid"))))
                .isEqualTo(Failure.UNPREPARED);
        assertThat(Failure.UNPREPARED.isOfWorkload()).isFalse();
        assertThat(Failure.UNPREPARED.status()).isEqualTo(503);
    }
}
