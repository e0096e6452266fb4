package dev.lintel.auth.store.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.auth.store.Attempt;
import dev.lintel.auth.store.RotatingTokens;
import dev.lintel.auth.store.RotationSettings;
import dev.lintel.auth.store.Samples;
import dev.lintel.auth.store.StoreException;
import dev.lintel.auth.store.StoreKeys;
import dev.lintel.auth.store.TokenStore;
import dev.lintel.auth.store.file.FileTokenStore;
import dev.lintel.auth.testing.Postgres;
import dev.lintel.auth.testing.PostgresExtension;
import dev.lintel.auth.testing.TestClock;
import dev.lintel.auth.token.TokenFetchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real processes over one store: each refresh token is sent once, and one that is killed holds the others up for a while. */
@ExtendWith(PostgresExtension.class)
class TwoProcessesTest {
    private static final int ROUNDS = 20;
    private static final int PROCESSES = 2;

    @TempDir
    private Path folder;

    @Test
    void refreshOnceOverFiles() throws Exception {
        race(folder.resolve("tokens").toString());
    }

    @Test
    void refreshOnceOverH2() throws Exception {
        race(h2());
    }

    @Test
    void refreshOnceOverPostgres(Postgres server) throws Exception {
        race(server.schema());
    }

    @Test
    void leaveALostAnswerInFilesToBeFound() throws Exception {
        Path tokens = folder.resolve("tokens");
        TestClock ahead = new TestClock();
        InstantSource clock = () -> Instant.now().plus(Duration.between(TestClock.START, ahead.instant()));
        TokenStore store = FileTokenStore.open(tokens, StoreKeys.of(Samples.KEY), clock, event -> {});
        killed(tokens.toString(), store, time -> ahead.forward(Duration.ofHours(2)));
    }

    @Test
    void leaveALostAnswerInH2ToBeFound() throws Exception {
        killed(h2(), Racer.open(h2()), time -> longAfter(h2()));
    }

    @Test
    void leaveALostAnswerInPostgresToBeFound(Postgres server) throws Exception {
        String url = server.schema();
        killed(url, Racer.open(url), time -> longAfter(url));
    }

    /** H2 writes until it is told to stop; its files could not be deleted before. */
    @AfterEach
    void shutDown() throws SQLException {
        if (Files.exists(folder.resolve("tokens.mv.db"))) {
            try (Connection connection = DriverManager.getConnection(h2());
                    Statement statement = connection.createStatement()) {
                statement.execute("SHUTDOWN");
            }
        }
    }

    private String h2() {
        return "jdbc:h2:" + folder.resolve("tokens") + ";AUTO_SERVER=TRUE;DB_CLOSE_DELAY=-1";
    }

    private static void race(String address) throws Exception {
        loggedIn(Racer.open(address));
        List<Child> children = new ArrayList<>();
        try (RotatingEndpoint endpoint = new RotatingEndpoint()) {
            for (int i = 0; i < PROCESSES; i++) {
                children.add(new Child(address, endpoint.uri()));
            }
            for (int round = 1; round <= ROUNDS; round++) {
                for (Child child : children) {
                    child.ask();
                }
                for (Child child : children) {
                    assertThat(child.answer()).as("round " + round).isEqualTo("a" + round);
                }
                assertThat(endpoint.used()).as("round " + round).hasSize(round);
            }
            assertThat(endpoint.used())
                    .isEqualTo(IntStream.range(0, ROUNDS).mapToObj(i -> "r" + i).toList());
        } finally {
            children.forEach(Child::kill);
        }
    }

    /** A process is killed after the endpoint has used its refresh token up, and before the answer. */
    private static void killed(String address, TokenStore store, RotationSettings.Pause longAfter) throws Exception {
        loggedIn(store);
        try (RotatingEndpoint endpoint = new RotatingEndpoint()) {
            Child child = new Child(address, endpoint.uri());
            endpoint.beforeAnswering(child::kill);
            child.ask();
            assertThat(child.answer()).isNull();
            String owner = "process " + child.pid();
            Attempt attempt = store.load(Samples.ALICE).orElseThrow().tokens().attempt();
            assertThat(attempt).isNotNull();
            assertThat(attempt.state()).isEqualTo(Attempt.State.SENT);
            assertThat(attempt.by()).isEqualTo(owner);

            List<Duration> waits = new ArrayList<>();
            RotationSettings settings = RotationSettings.DEFAULT.at(InstantSource.system(), time -> {
                waits.add(time);
                longAfter.pause(time);
            });
            RotatingTokens second = Racer.tokens(store, endpoint.uri(), settings);
            TokenFetchException failure = catchThrowableOfType(TokenFetchException.class, second::fetch);

            assertThat(failure.kind()).isEqualTo(TokenFetchException.Kind.AMBIGUOUS);
            assertThat(failure)
                    .hasMessage("the refresh token of 'https://id.example shop alice' was sent by " + owner + " at "
                            + attempt.since()
                            + " and no answer was seen that can be used: it may be used up and is not sent"
                            + " again, so log in again");
            assertThat(waits).as("waits for a lease that outlives its owner").hasSize(1);
            assertThat(endpoint.used()).containsExactly("r0");
            assertThat(second.primary(() -> Samples.token("again", "r9", Instant.now()))
                            .fetch()
                            .value()
                            .reveal())
                    .isEqualTo("again");
        }
    }

    private static void loggedIn(TokenStore store) throws StoreException {
        assertThat(store.save(Samples.ALICE, TokenStore.NOTHING, Samples.stored("a0", "r0")))
                .isPresent();
    }

    private static void longAfter(String url) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE lintel_token_leases SET held_until = held_until - 7200000"))
                    .isEqualTo(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
