package dev.lintel.graphql.http;

import static dev.lintel.graphql.http.Served.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.front.FrontAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** Operations as server-sent events, each over its own connection. */
class EventStreamTest {
    private static final String BEAT = ":\n\n";
    private static final String COMPLETE = "event: complete\ndata:\n\n";
    private static final String PET = "{\"query\":\"{ pet(id: \\\"1\\\") { name } }\"}";
    private static final String REX = "event: next\ndata: {\"data\":{\"pet\":{\"name\":\"Rex\"}}}\n\n";

    private final Later later = new Later();
    private final Heard heard = new Heard();

    private Served served(int streams) {
        return new Served(HttpSettings.DEFAULT.streams(streams, Duration.ofSeconds(5)), later, later);
    }

    private static void listen(FrontAnswer answer, Heard heard, long most) {
        answer.stream().orElseThrow().subscribe(heard);
        heard.subscription.request(most);
    }

    @Test
    void aQueryIsOneEventAndItsEnd() {
        Served served = served(1);
        FrontAnswer answer = served.post(PET, "accept", "text/event-stream");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers())
                .containsEntry("content-type", "text/event-stream; charset=utf-8")
                .containsEntry("cache-control", "no-store")
                .containsEntry("x-accel-buffering", "no");
        listen(answer, heard, 10);
        assertThat(served.asked).isEmpty();

        later.run();

        assertThat(heard.events).containsExactly(REX, COMPLETE, "end");
        assertThat(later.timed).isEmpty();
    }

    @Test
    void whatIsNotExecutedIsAnEventToo() {
        FrontAnswer answer = served(1).post("{\"query\":\"{ nobody }\"}", "accept", "text/event-stream");
        listen(answer, heard, 10);
        later.run();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(heard.events.get(0)).startsWith("event: next\ndata: {\"errors\":[{\"message\":");
        assertThat(heard.events).hasSize(3).endsWith(COMPLETE, "end");
    }

    @Test
    void whatIsNotWellFormedOrMayNotBeAskedSoIsRefusedWithoutAStream() {
        Served served = served(1);
        assertThat(served.post("{", "accept", "text/event-stream").status()).isEqualTo(400);
        assertThat(served.get("query=" + encoded("mutation { addPet { name } }"), "accept", "text/event-stream")
                        .status())
                .isEqualTo(405);
        assertThat(served(0).post(PET, "accept", "text/event-stream").status()).isEqualTo(406);
    }

    @Test
    void aStreamThatIsSilentGivesSignsOfLifeUntilItsEnd() {
        listen(served(1).post(PET, "accept", "text/event-stream"), heard, 10);
        later.tick();
        later.tick();
        later.run();
        assertThat(heard.events).containsExactly(BEAT, BEAT, REX, COMPLETE, "end");
        assertThat(later.delays).containsOnly(Duration.ofSeconds(5));
    }

    @Test
    void nothingIsSentThatWasNotAskedFor() {
        listen(served(1).post(PET, "accept", "text/event-stream"), heard, 1);
        later.tick();
        later.tick();
        later.tick();
        later.run();
        assertThat(heard.events).containsExactly(BEAT);
        heard.subscription.request(2);
        assertThat(heard.events).containsExactly(BEAT, BEAT, REX);
        heard.subscription.request(1);
        assertThat(heard.events).containsExactly(BEAT, BEAT, REX, COMPLETE, "end");
    }

    @Test
    void whoGoesIsNotAnsweredAndMakesRoom() {
        Served served = served(1);
        listen(served.post(PET, "accept", "text/event-stream"), heard, 10);
        Heard second = new Heard();
        listen(served.post(PET, "accept", "text/event-stream"), second, 10);
        assertThat(second.events.get(0)).contains("TOO_MANY_STREAMS");
        assertThat(second.events).endsWith(COMPLETE, "end");

        heard.subscription.cancel();
        heard.subscription.cancel();
        later.run();
        assertThat(served.asked).as("what nobody waits for is not executed").isEmpty();
        assertThat(heard.events).isEmpty();
        assertThat(later.timed).isEmpty();

        Heard third = new Heard();
        listen(served.post(PET, "accept", "text/event-stream"), third, 10);
        Heard fourth = new Heard();
        listen(served.post(PET, "accept", "text/event-stream"), fourth, 10);
        later.run();
        assertThat(third.events).containsExactly(REX, COMPLETE, "end");
        assertThat(fourth.events.get(0))
                .as("cancelled twice, there is room for one")
                .contains("TOO_MANY_STREAMS");
    }

    @Test
    void whereNoThreadIsFreeItIsSaid() {
        Served served = served(1);
        later.full = true;
        listen(served.post(PET, "accept", "text/event-stream"), heard, 10);
        assertThat(heard.events.get(0)).contains("TOO_MANY_STREAMS");
        assertThat(heard.events).endsWith("end");

        later.full = false;
        Heard next = new Heard();
        listen(served.post(PET, "accept", "text/event-stream"), next, 10);
        later.run();
        assertThat(next.events).containsExactly(REX, COMPLETE, "end");
    }

    @Test
    void aStreamHasOneClientWhoAsksForSomething() {
        FrontAnswer answer = served(1).post(PET, "accept", "text/event-stream");
        listen(answer, heard, 10);
        Heard second = new Heard();
        answer.stream().orElseThrow().subscribe(second);
        assertThat(second.events).containsExactly("broken off: an operation is streamed to one subscriber only");
        heard.subscription.request(0);
        later.run();
        assertThat(heard.events).containsExactly("broken off: a subscriber must ask for at least one");
    }

    @Test
    void whatCannotBeAnsweredBreaksTheStreamOff() {
        Semaphore free = new Semaphore(1);
        new EventStream(
                        () -> {
                            throw new IllegalStateException("mistake");
                        },
                        later,
                        later,
                        Duration.ofSeconds(5),
                        free)
                .subscribe(heard);
        later.run();
        assertThat(heard.events).containsExactly("broken off: java.lang.IllegalStateException: mistake");
        assertThat(free.availablePermits()).isEqualTo(1);
    }

    @Test
    void noEventEndsEarly() {
        assertThat(new String(
                        EventStream.next("{\n\"a\":\r1}".getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                .isEqualTo("event: next\ndata: {\ndata: \"a\":\ndata: 1}\n\n");
    }
}
