package dev.lintel.embedded.authorization.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deadlines of one connection, in a time of its own. */
class ConnectionTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: id\r\n\r\n";
    private static final Limits LIMITS = new Limits(100, 100, 100, 1, Duration.ofSeconds(60), Duration.ofSeconds(2));

    private final Queue<Runnable> work = new ArrayDeque<>();
    private final Connection connection =
            new Connection(request -> Reply.text(200, "hello"), work::add, LIMITS, InstantSource.system());
    private final EmbeddedChannel channel = new EmbeddedChannel(false, false);

    @BeforeEach
    void open() throws Exception {
        channel.freezeTime();
        channel.config().setAutoRead(false);
        connection.join(channel.pipeline());
        channel.register();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void passes(int millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private void comes(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
    }

    private void isWorkedOn() {
        work.remove().run();
        channel.runPendingTasks();
    }

    private String answer() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            text.append(next.toString(StandardCharsets.US_ASCII));
            next.release();
        }
        return text.toString();
    }

    @Test
    void aSilentOneIsClosedInTime() {
        passes(59_999);
        assertThat(channel.isOpen()).isTrue();
        passes(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void bytesDoNotBuyTime() {
        comes("GET / HTTP/1.1\r\n");
        passes(59_999);
        comes("Host: id\r\n");
        passes(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void timeIsCountedAnewFromAnAnswer() {
        passes(59_999);
        comes(GET);
        isWorkedOn();
        assertThat(answer()).startsWith("HTTP/1.1 200 OK\r\n");
        passes(59_999);
        assertThat(channel.isOpen()).isTrue();
        passes(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void anAnswerThatNeverComesDoesNotHoldItOpen() {
        comes(GET);
        passes(60_000);
        assertThat(channel.isOpen()).isFalse();
        isWorkedOn();
        assertThat(answer()).isEmpty();
    }

    @Test
    void afterItsLastAnswerItIsReadOnForAMoment() {
        comes("GARBAGE\r\n\r\n");
        assertThat(answer()).startsWith("HTTP/1.1 400 Bad Request\r\n");
        passes(1_999);
        comes("more garbage");
        assertThat(channel.isOpen()).isTrue();
        passes(1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(answer()).isEmpty();
    }

    @Test
    void oneRequestIsWorkedOnAtATime() {
        comes(GET + GET);
        assertThat(work).hasSize(1);
        isWorkedOn();
        assertThat(answer()).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(work).hasSize(1);
        isWorkedOn();
        assertThat(answer()).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(work).isEmpty();
    }
}
