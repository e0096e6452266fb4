package dev.lintel.embedded.authorization.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.embedded.authorization.Wire;
import dev.lintel.embedded.authorization.chaos.Chaos;
import dev.lintel.embedded.authorization.chaos.Disturbance;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replies that come in part, in pieces, without end or not at all, and connections that do not last. */
class DeliveriesTest {
    private static final String TOKEN = Disturbed.post("grant_type=client_credentials");
    private static final String REFRESH = Disturbed.post("grant_type=refresh_token&refresh_token=old");

    private final Disturbed server = new Disturbed();
    private final Chaos chaos = server.chaos();

    @AfterEach
    void stop() {
        server.close();
    }

    /** Whether the connection is reset, rather than closed, before a byte comes. */
    private static boolean isReset(Socket socket) {
        try {
            socket.setSoTimeout(20_000);
            int unused = socket.getInputStream().read();
            return false;
        } catch (SocketException e) {
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Socket connected(String request) throws IOException {
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void aRequestThatIsResetIsNotExecuted() throws Exception {
        chaos.token().once().reset();
        try (Socket socket = connected(TOKEN)) {
            assertThat(isReset(socket)).isTrue();
        }
        assertThat(server.executed).hasValue(0);
    }

    @Test
    void aReplyThatIsDroppedWasExecuted() {
        Disturbance lost = chaos.token().once().dropReply();
        assertThat(server.token()).isEmpty();
        assertThat(server.executed).hasValue(1);
        assertThat(lost.hits()).isEqualTo(1);
        assertThat(server.token()).endsWith("{\"access_token\":\"token-2\"}");
    }

    @Test
    void theNextRotationReplyIsLostAndNoOther() {
        Disturbance lost = chaos.loseNextRotationReply();
        assertThat(server.token()).contains("token-1");
        assertThat(server.ask(Disturbed.post("grant_type=refresh_token&refresh_token=bad")))
                .contains("invalid_grant");
        assertThat(lost.hits()).isZero();
        assertThat(server.ask(REFRESH)).isEmpty();
        assertThat(lost.hits()).isEqualTo(1);
        assertThat(server.executed).hasValue(3);
        assertThat(server.ask(REFRESH)).contains("token-4");
    }

    @Test
    void aReplyThatIsTruncatedPromisesMore() {
        chaos.token().once().truncateReply();
        String answer = server.token();
        assertThat(answer).contains("content-length: 26\r\n").endsWith("\r\n\r\n{\"access_toke");
        assertThat(server.executed).hasValue(1);
    }

    @Test
    void aReplyDripsEachTimeTheClockIsMoved() {
        chaos.token().once().drip(64, Duration.ofSeconds(10), server.clock);
        try (Wire wire = server.connect()) {
            wire.send(TOKEN);
            StringBuilder answer = new StringBuilder(wire.exactly(64));
            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").hasSize(64);
            server.clock.forward(Duration.ofSeconds(9));
            assertThat(wire.isQuiet()).isTrue();
            while (!answer.toString().endsWith("}")) {
                server.clock.forward(Duration.ofSeconds(10));
                answer.append(wire.isQuiet() ? "" : wire.some());
            }
            assertThat(answer.toString()).endsWith("\r\n\r\n{\"access_token\":\"token-1\"}");
            assertThat(wire.ends()).isTrue();
        }
    }

    @Test
    void aReplyDripsInRealTime() {
        chaos.token().once().drip(1, Duration.ofNanos(1));
        assertThat(server.token()).endsWith("\r\n\r\n{\"access_token\":\"token-1\"}");
    }

    @Test
    void aHugeBodyIsAsLongAsItSays() {
        chaos.token().hugeBody(100_000);
        String answer = server.token();
        assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("content-length: 100000\r\n");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4))
                .hasSize(100_000)
                .matches("\\{\"access_token\":\"a+\"}");
        assertThat(server.executed).hasValue(0);
    }

    @Test
    void anEndlessBodyLastsUntilTheCallerHasEnough() {
        chaos.token().endlessBody();
        try (Wire wire = server.connect()) {
            wire.send(TOKEN);
            assertThat(wire.exactly(1_000_000))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("aaaa");
        }
        server.chaos().clear();
        assertThat(server.token()).contains("token-1");
    }

    @Test
    void connectionsAreRefusedWhileTheServerIsDown() {
        try (Wire before = server.connect()) {
            before.send(Disturbed.GET_KEYS).until("}");
            Disturbance twice = chaos.refuseConnections();
            try (Disturbance down = chaos.refuseConnections()) {
                assertThat(before.ends()).isTrue();
                assertThatThrownBy(server::connect).hasRootCauseInstanceOf(ConnectException.class);
                twice.close();
                assertThatThrownBy(server::connect).hasRootCauseInstanceOf(ConnectException.class);
                assertThat(down.hits()).isZero();
            }
            assertThat(server.token()).contains("token-1");
        }
    }

    @Test
    void aServerThatIsDownCanBeClosed() {
        chaos.refuseConnections();
        server.close();
        assertThatThrownBy(server::connect).hasRootCauseInstanceOf(ConnectException.class);
    }

    @Test
    void connectionsAreResetBeforeAnythingIsRead() throws Exception {
        try (Wire before = server.connect()) {
            before.send(Disturbed.GET_KEYS).until("}");
            Disturbance twice = chaos.resetConnections(2);
            assertThat(before.ends()).isTrue();
            for (int i = 0; i < 2; i++) {
                try (Socket socket = new Socket(
                        server.address().getAddress(), server.address().getPort())) {
                    assertThat(isReset(socket)).isTrue();
                }
            }
            assertThat(server.token()).contains("token-1");
            assertThat(twice.hits()).isEqualTo(2);
            assertThat(chaos.hits().get(0)).hasToString("- met reset before anything was read, and was not executed");
        }
        try (Disturbance all = chaos.resetConnections();
                Socket socket = new Socket(
                        server.address().getAddress(), server.address().getPort())) {
            assertThat(isReset(socket)).isTrue();
            assertThat(all.hits()).isEqualTo(1);
        }
        assertThat(server.token()).contains("token-2");
    }
}
