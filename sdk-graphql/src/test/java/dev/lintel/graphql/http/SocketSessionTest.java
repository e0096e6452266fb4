package dev.lintel.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.graphql.execute.GraphCaller;
import dev.lintel.graphql.execute.GraphEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection of graphql-ws, message by message. */
class SocketSessionTest {
    private static final String INIT = "{\"type\":\"connection_init\",\"payload\":{\"token\":\"good\"}}";
    private static final String ACK = "{\"type\":\"connection_ack\"}";
    private static final String REX =
            "{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":{\"pet\":{\"name\":\"Rex\"}}}}";
    private static final String DONE = "{\"id\":\"1\",\"type\":\"complete\"}";

    private final Later later = new Later();
    private final List<String> heard = new ArrayList<>();
    private final Served served = new Served(HttpSettings.DEFAULT, later, later);
    private final GraphEngine engine = served.engine();
    private String good = "good";
    private final SocketSession session =
            served.http.socket(this::enter, new SocketSettings(Duration.ofSeconds(3), 2, 500), new SocketPeer() {
                @Override
                public void send(String message) {
                    heard.add(message);
                }

                @Override
                public void close(int code, String reason) {
                    heard.add(code + " " + reason);
                }
            });

    private Optional<GraphSession> enter(Map<String, Object> payload) {
        return good.equals(payload.get("token"))
                ? Optional.of(new GraphSession(engine, new GraphCaller(true, new TreeSet<>(), new TreeMap<>())))
                : Optional.empty();
    }

    private static String subscribe(String id, String query) {
        return "{\"id\":\"" + id + "\",\"type\":\"subscribe\",\"payload\":{\"query\":\"" + query + "\"}}";
    }

    private static String pet(String id) {
        return subscribe(id, "{ pet(id: \\\"1\\\") { name } }");
    }

    private void begin() {
        session.receive(INIT);
        later.run();
        assertThat(heard).containsExactly(ACK);
        heard.clear();
    }

    @Test
    void aQueryIsAnsweredOnceAndCompleted() {
        begin();
        session.receive(pet("1"));
        assertThat(heard).isEmpty();
        later.run();
        assertThat(heard).containsExactly(REX, DONE);
        session.receive(pet("1"));
        later.run();
        assertThat(heard).as("the id can be used again").containsExactly(REX, DONE, REX, DONE);
    }

    @Test
    void aMutationGoesOverItToo() {
        begin();
        session.receive(subscribe("m", "mutation { addPet { name } }"));
        later.run();
        assertThat(heard)
                .containsExactly(
                        "{\"id\":\"m\",\"type\":\"next\",\"payload\":{\"data\":{\"addPet\":{\"name\":\"Rex\"}}}}",
                        "{\"id\":\"m\",\"type\":\"complete\"}");
    }

    @Test
    void whatIsNotExecutedIsAnErrorAndNotCompleted() {
        begin();
        session.receive(subscribe("1", "{ nobody }"));
        later.run();
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0)).startsWith("{\"id\":\"1\",\"type\":\"error\",\"payload\":[{\"message\":");
        session.receive("{\"id\":\"2\",\"type\":\"subscribe\",\"payload\":{\"documentId\":\"x\"}}");
        later.run();
        assertThat(heard.get(1))
                .isEqualTo(
                        "{\"id\":\"2\",\"type\":\"error\",\"payload\":[{\"message\":\"there is no document with this id\","
                                + "\"extensions\":{\"code\":\"DOCUMENT_NOT_FOUND\"}}]}");
    }

    @Test
    void pingsAreAnsweredAtAnyTime() {
        session.receive("{\"type\":\"ping\",\"payload\":{\"a\":1}}");
        session.receive("{\"type\":\"pong\"}");
        assertThat(heard).containsExactly("{\"type\":\"pong\"}");
        session.receive(INIT);
        later.run();
        session.receive("{\"type\":\"ping\"}");
        assertThat(heard).containsExactly("{\"type\":\"pong\"}", ACK, "{\"type\":\"pong\"}");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"nonsense\"} | 4400 the message has no type that is known",
                "{\"type\":\"next\",\"id\":\"1\"} | 4400 the message has no type that is known",
                "{} | 4400 the message has no type that is known",
                "[] | 4400 the message must be a JSON object",
                "{ | 4400 the message is not JSON, or names a member twice",
                "{\"type\":\"ping\",\"type\":\"ping\"} | 4400 the message is not JSON, or names a member twice",
                "{\"type\":\"subscribe\",\"payload\":{\"query\":\"{a}\"}} | 4400 the message must have an id, a string",
                "{\"type\":\"subscribe\",\"id\":7,\"payload\":{\"query\":\"{a}\"}} | 4400 the message must have an id, a string",
                "{\"type\":\"subscribe\",\"id\":\"1\"} | 4400 a request must be a JSON object",
                "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{}} | 4400 a request must have 'query', a string",
                "{\"type\":\"complete\"} | 4400 the message must have an id, a string",
                "{\"type\":\"connection_init\"} | 4429 Too many initialisation requests",
            })
    void whatIsNotOfTheProtocolClosesTheConnection(String message, String close) {
        begin();
        session.receive(message);
        assertThat(heard).containsExactly(close);
        session.receive("{\"type\":\"ping\"}");
        session.receive(message);
        session.receive(pet("1"));
        assertThat(heard).as("nothing is sent after it").containsExactly(close);
    }

    @Test
    void aMessageThatIsTooLongIsNotRead() {
        begin();
        session.receive("{\"type\":\"ping\"" + " ".repeat(500) + "}");
        assertThat(heard).containsExactly("4400 the message is too long");
    }

    @Test
    void nothingIsExecutedBeforeItIsKnownWhoAsks() {
        session.receive(pet("1"));
        assertThat(heard).containsExactly("4401 Unauthorized");
        assertThat(later.tasks).isEmpty();
    }

    @Test
    void nothingIsExecutedWhileItIsLookedAtWhoAsks() {
        session.receive(INIT);
        session.receive(pet("1"));
        later.run();
        assertThat(heard).containsExactly("4401 Unauthorized");
        assertThat(served.asked).isEmpty();
    }

    @Test
    void aSecondBeginningIsOneTooMany() {
        session.receive(INIT);
        session.receive(INIT);
        later.run();
        assertThat(heard).containsExactly("4429 Too many initialisation requests");
    }

    @Test
    void whoMayNotIsSentAway() {
        session.receive(INIT.replace("good", "bad"));
        later.run();
        assertThat(heard).containsExactly("4403 Forbidden");
    }

    @Test
    void aTokenThatIsNoLongerGoodEndsTheConnectionAtTheNextOperation() {
        begin();
        session.receive(pet("1"));
        good = "another";
        later.run();
        assertThat(heard).containsExactly("4403 Forbidden");
        assertThat(served.asked).isEmpty();
    }

    @Test
    void whoDoesNotBeginInTimeIsSentAway() {
        assertThat(later.delays).containsExactly(Duration.ofSeconds(3));
        later.tick();
        assertThat(heard).containsExactly("4408 Connection initialisation timeout");
    }

    @Test
    void onceBegunNothingIsWaitedFor() {
        begin();
        assertThat(later.timed).isEmpty();
    }

    @Test
    void anIdThatIsGoingOnIsNotUsedTwice() {
        begin();
        session.receive(pet("1"));
        session.receive(pet("1"));
        assertThat(heard).containsExactly("4409 Subscriber for 1 already exists");
        later.run();
        assertThat(served.asked).as("what was going on is given up").isEmpty();
    }

    @Test
    void aLongReasonIsCutToWhatACloseFrameHolds() {
        begin();
        String id = "ä".repeat(200);
        session.receive(pet(id));
        session.receive(pet(id));
        assertThat(heard).containsExactly("4409 Subscriber for äääääääääääääää");
    }

    @Test
    void noMoreThanAllowedGoOnAtOnce() {
        begin();
        session.receive(pet("1"));
        session.receive(pet("2"));
        session.receive(pet("3"));
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0)).startsWith("{\"id\":\"3\",\"type\":\"error\"").contains("TOO_MANY_OPERATIONS");
        later.run();
        later.run();
        assertThat(heard).hasSize(5);
        session.receive(pet("3"));
        later.run();
        assertThat(heard).endsWith("{\"id\":\"3\",\"type\":\"complete\"}");
    }

    @Test
    void whatAClientGivesUpIsNotAnsweredAndItsIdIsFree() {
        begin();
        session.receive(pet("1"));
        session.receive("{\"id\":\"1\",\"type\":\"complete\"}");
        session.receive("{\"id\":\"unknown\",\"type\":\"complete\"}");
        session.receive(pet("1"));
        later.run();
        assertThat(heard).isEmpty();
        later.run();
        assertThat(heard).containsExactly(REX, DONE);
        assertThat(served.asked).hasSize(1);
    }

    @Test
    void whatWasGivenUpWhileItWasExecutedIsNotTakenForTheNextOneWithItsId() {
        begin();
        session.receive(pet("1"));
        served.meanwhile.add(() -> {
            session.receive("{\"id\":\"1\",\"type\":\"complete\"}");
            session.receive(pet("1"));
        });
        later.run();
        assertThat(Thread.interrupted())
                .as("what nobody waits for is interrupted")
                .isTrue();
        assertThat(heard).isEmpty();
        later.run();
        assertThat(heard).containsExactly(REX, DONE);
    }

    @Test
    void whenTheConnectionGoesAllIsGivenUp() {
        begin();
        session.receive(pet("1"));
        session.closed();
        later.run();
        assertThat(heard).isEmpty();
        assertThat(served.asked).isEmpty();
    }

    @Test
    void whereNoThreadIsFreeTheConnectionEnds() {
        later.full = true;
        session.receive(INIT);
        assertThat(heard).containsExactly("1013 too much is going on: try again later");
    }
}
