package dev.lintel.graphql.upstream;

import static dev.lintel.graphql.upstream.Scripted.answer;
import static dev.lintel.graphql.upstream.Scripted.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What RFC 9111 says a cache may use, must ask about, and must not keep. */
class HttpCacheTest {
    private static final String START = "Sat, 28 Nov 2026 12:00:00 GMT";
    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final HttpCache own = HttpCache.ofRequest(100_000, () -> now);
    private final HttpCache shared = HttpCache.shared(100_000, () -> now);

    /** Headers of the first answer with bars between, seconds until it is asked for again, who answers then. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Cache-Control: max-age=60                                 ; 59 ; private",
                "Cache-Control: max-age=60                                 ; 60 ; nobody",
                "Cache-Control: public, max-age=60                         ; 59 ; both",
                "Cache-Control: public, max-age=60                         ; 60 ; nobody",
                "Cache-Control: PUBLIC, Max-Age=\"60\"                     ; 59 ; both",
                "Cache-Control: s-maxage=60                                ; 59 ; shared",
                "Cache-Control: s-maxage=10, max-age=60                    ; 59 ; private",
                "Cache-Control: s-maxage=60, max-age=10                    ; 59 ; shared",
                "Cache-Control: public, private, max-age=60                ; 1  ; private",
                "Cache-Control: private, s-maxage=60, max-age=60           ; 1  ; private",
                "Cache-Control: public, no-store, max-age=60               ; 1  ; nobody",
                "Cache-Control: public, no-cache, max-age=60               ; 1  ; nobody",
                "Cache-Control: public | Cache-Control: max-age=60         ; 1  ; both",
                "Cache-Control: public, max-age=60, max-age=5              ; 1  ; nobody",
                "Cache-Control: public, max-age=-1                         ; 1  ; nobody",
                "Cache-Control: public, max-age=soon                       ; 1  ; nobody",
                "Cache-Control: public, max-age=99999999999999             ; 99999 ; both",
                "Cache-Control: public, max-age=60 | Age: 50               ; 9  ; both",
                "Cache-Control: public, max-age=60 | Age: 50               ; 10 ; nobody",
                "Cache-Control: public, max-age=60 | Date: Sat, 28 Nov 2026 11:59:30 GMT ; 30 ; nobody",
                "Cache-Control: public, max-age=60 | Vary: *               ; 1  ; nobody",
                "Cache-Control: public, max-age=60 | Set-Cookie: a=b       ; 1  ; private",
                "Cache-Control: public | Date: START | Expires: Sat, 28 Nov 2026 12:01:00 GMT ; 59 ; both",
                "Cache-Control: public | Date: START | Expires: Sat, 28 Nov 2026 12:01:00 GMT ; 60 ; nobody",
                "Cache-Control: public | Date: START | Expires: 0          ; 1  ; nobody",
                "Cache-Control: public                                     ; 0  ; nobody",
                "X-Nothing: said                                           ; 0  ; nobody",
            })
    void lifetimesAreThoseOfTheService(String headers, int seconds, String used) throws IOException {
        String[] all = headers.replace("START", START).split(" \\| ");
        Instant start = now;

        boolean byOwn = hit(own, all, seconds);
        now = start;
        boolean byShared = hit(shared, all, seconds);

        String who = byOwn ? byShared ? "both" : "private" : byShared ? "shared" : "nobody";
        assertThat(who).isEqualTo(used);
    }

    private boolean hit(HttpCache cache, String[] headers, int seconds) throws IOException {
        Scripted service = new Scripted(body(200, "first", headers), body(200, "second"));
        UpstreamAnswer unusedFirst = cache.over(service).call(get("/a"));
        now = now.plusSeconds(seconds);
        return text(cache.over(service).call(get("/a"))).equals("first");
    }

    @Test
    void whatWasAnsweredToCredentialsIsForOthersOnlyIfItIsPublic() throws IOException {
        UpstreamRequest mine = get("/a").with(new Header("Authorization", "Bearer mine"));
        Scripted closed = new Scripted(
                body(200, "mine", "Cache-Control: max-age=60"), body(200, "yours", "Cache-Control: max-age=60"));
        Scripted open = new Scripted(body(200, "all", "Cache-Control: public, max-age=60"));

        assertThat(text(shared.over(closed).call(mine))).isEqualTo("mine");
        assertThat(text(shared.over(closed).call(get("/a")))).isEqualTo("yours");
        assertThat(text(shared.over(open).call(mine))).isEqualTo("all");
        assertThat(text(shared.over(open).call(get("/a")))).isEqualTo("all");
    }

    @Test
    void varyChoosesByHeadersOfTheRequest() throws IOException {
        String[] headers = {"Cache-Control: public, max-age=60", "Vary: Accept-Language, X-Tenant"};
        Scripted service = new Scripted(body(200, "en", headers), body(200, "de", headers), body(200, "none", headers));
        Upstream cached = shared.over(service);
        UpstreamRequest english = get("/a").with(new Header("accept-language", "en"));
        UpstreamRequest german = get("/a").with(new Header("Accept-Language", "de"));

        for (int i = 0; i < 2; i++) {
            assertThat(text(cached.call(english))).isEqualTo("en");
            assertThat(text(cached.call(german))).isEqualTo("de");
            assertThat(text(cached.call(get("/a")))).isEqualTo("none");
        }
        assertThat(service.requests).hasSize(3);
    }

    @Test
    void staleAnswersAreAskedAboutWithTheirValidators() throws IOException {
        Scripted service = new Scripted(
                body(
                        200,
                        "first",
                        "Cache-Control: public, max-age=10",
                        "ETag: \"1\"",
                        "Last-Modified: " + START,
                        "X: old"),
                answer(304, "Cache-Control: public, max-age=20", "X: new"),
                body(200, "second", "Cache-Control: public, max-age=10", "ETag: \"2\""));
        Upstream cached = shared.over(service);
        UpstreamAnswer unusedFirst = cached.call(get("/a"));

        now = now.plusSeconds(10);
        UpstreamAnswer renewed = cached.call(get("/a"));
        now = now.plusSeconds(19);
        UpstreamAnswer kept = cached.call(get("/a"));
        now = now.plusSeconds(1);
        UpstreamAnswer replaced = cached.call(get("/a"));

        assertThat(service.requests.get(1).headers())
                .containsExactly(new Header("If-None-Match", "\"1\""), new Header("If-Modified-Since", START));
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(text(renewed)).isEqualTo("first");
        assertThat(renewed.header("X")).isEqualTo("new");
        assertThat(renewed.header("ETag")).isEqualTo("\"1\"");
        assertThat(kept.header("Age")).isEqualTo("19");
        assertThat(text(replaced)).isEqualTo("second");
        assertThat(service.requests).hasSize(3);
    }

    @Test
    void aServiceThatFailsDoesNotTakeTheOldAnswerAway() throws IOException {
        Scripted service = new Scripted(
                body(200, "first", "Cache-Control: public, no-cache", "ETag: \"1\""), answer(503), answer(304));
        Upstream cached = shared.over(service);
        UpstreamAnswer unusedFirst = cached.call(get("/a"));

        assertThat(cached.call(get("/a")).status()).isEqualTo(503);
        assertThat(text(cached.call(get("/a")))).isEqualTo("first");
    }

    @ParameterizedTest
    @CsvSource({"POST, 200, true", "PUT, 204, true", "DELETE, 302, true", "PATCH, 400, false", "HEAD, 200, false"})
    void aChangeForgetsItsTarget(String method, int status, boolean forgotten) throws IOException {
        String[] headers = {"Cache-Control: public, max-age=60"};
        Scripted service = new Scripted(body(200, "first", headers), answer(status), body(200, "second", headers));
        Upstream cached = shared.over(service);
        UpstreamAnswer unusedFirst = cached.call(get("/a"));
        UpstreamAnswer unusedChange =
                cached.call(new UpstreamRequest(method, "/a", List.of(), null, Duration.ofSeconds(1)));

        assertThat(text(cached.call(get("/a")))).isEqualTo(forgotten ? "second" : "first");
    }

    @Test
    void aRequestMayWantItFresh() throws IOException {
        String[] headers = {"Cache-Control: public, max-age=60"};
        Scripted service = new Scripted(
                body(200, "1", headers), body(200, "2", headers), body(200, "3", headers), body(206, "4", headers));
        Upstream cached = shared.over(service);

        assertThat(text(cached.call(get("/a")))).isEqualTo("1");
        assertThat(text(cached.call(get("/a").with(new Header("Cache-Control", "no-cache")))))
                .isEqualTo("2");
        assertThat(text(cached.call(get("/a").with(new Header("Cache-Control", "no-store")))))
                .isEqualTo("3");
        assertThat(text(cached.call(get("/a").with(new Header("Range", "bytes=0-1")))))
                .isEqualTo("4");
    }

    @ParameterizedTest
    @CsvSource({"200, true", "404, true", "410, true", "206, false", "302, false", "401, false", "500, false"})
    void statusesThatMayBeKept(int status, boolean kept) throws IOException {
        Scripted service = new Scripted(answer(status, "Cache-Control: public, max-age=60"), answer(201));
        UpstreamAnswer unusedFirst = shared.over(service).call(get("/a"));

        assertThat(shared.over(service).call(get("/a")).status()).isEqualTo(kept ? status : 201);
    }

    @Test
    void itHoldsNoMoreThanItMay() throws IOException {
        HttpCache small = HttpCache.shared(10_000, () -> now);
        String[] headers = {"Cache-Control: public, max-age=60"};
        Upstream service = request -> body(200, "x".repeat(request.target().equals("/huge") ? 20_000 : 500), headers);
        for (int i = 0; i < 100; i++) {
            UpstreamAnswer unusedAnswer = small.over(service).call(get("/" + i));
            UpstreamAnswer unusedUsed = small.over(service).call(get("/0"));
            UpstreamAnswer unusedHuge = small.over(service).call(get("/huge"));
            assertThat(small.bytes()).isBetween(1L, 10_000L);
        }
        Scripted last = new Scripted();
        assertThat(small.over(last).call(get("/99")).status()).isEqualTo(200);
        assertThat(small.over(last).call(get("/0")).status()).isEqualTo(200);
        assertThat(last.requests).isEmpty();
    }

    private static UpstreamRequest get(String target) {
        return new UpstreamRequest("GET", target, List.of(), null, Duration.ofSeconds(1));
    }

    private static String text(UpstreamAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
