package dev.lintel.mesh.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Statuses;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two models asked the same requests, by every method, path, token and draw that the features speak about. */
final class SameAnswers {
    private static final List<String> PATHS = List.of(
            "/", "/orders/1", "/orders", "/orders/status", "/orders/old/1", "/beta/1", "/shop/a", "/old/x", "/ping");
    private static final List<Token> TOKENS = List.of(
            Token.NONE,
            new Token.Rejected("expired"),
            Token.Verified.of("https://id.example", "alice", "others"),
            Token.Verified.of("https://id.example", "alice", "orders", "orders.read"),
            new Token.Verified(
                    "https://id.example",
                    "bob",
                    List.of("orders"),
                    List.of(),
                    Map.of("role", "admin", "plan", "gold")));

    private SameAnswers() {}

    /**
     * Compares.
     *
     * @param notes codes of what the plan says about differences; what one of them is about is not compared
     */
    static void check(MeshModel said, MeshModel read, Statuses statuses, Set<String> notes) {
        Evaluator one = Evaluator.of(said, statuses, InstantSource.system());
        Evaluator other = Evaluator.of(read, statuses, InstantSource.system());
        for (RequestValue request : requests(said)) {
            for (int draw : new int[] {0, 50, 95}) {
                Draw luck = bound -> (int) ((long) draw * bound / 100);
                assertThat(words(other.decide(request, luck), notes))
                        .as("%s, drawn %d", request, draw)
                        .isEqualTo(words(one.decide(request, luck), notes));
            }
        }
        assertThat(read.apis()).hasSameSizeAs(said.apis());
        for (ApiModel api : said.apis()) {
            ApiModel back = read.api(api.id()).orElseThrow();
            assertThat(back.service().retry()).isEqualTo(api.service().retry());
            if (!notes.contains("kyma.longest-timeout")) {
                assertThat(back.service().timeout()).isEqualTo(api.service().timeout());
            }
            assertThat(back.service().traffic().balance())
                    .isEqualTo(api.service().traffic().balance());
            if (!notes.contains("gateway-api.workloads")) {
                assertThat(back.service().labels()).isEqualTo(api.service().labels());
            }
            assertThat(back.service().grpc()).isEqualTo(api.service().grpc());
            assertThat(back.entry().headers()).isEqualTo(api.entry().headers());
            assertThat(back.service().traffic().breaker() == null)
                    .isEqualTo(api.service().traffic().breaker() == null);
        }
    }

    private static List<RequestValue> requests(MeshModel model) {
        List<RequestValue> requests = new ArrayList<>();
        for (String host : model.apis().get(0).entry().hosts()) {
            for (String path : PATHS) {
                for (String method : List.of("GET", "POST")) {
                    for (Token token : TOKENS) {
                        RequestValue request =
                                RequestValue.of(method, host, path, null).token(token);
                        requests.add(request);
                        requests.add(request.header("x-beta", "1"));
                        requests.add(request.header("x-canary", "1"));
                        requests.add(request.header("cookie", "lintel=v2"));
                    }
                }
            }
        }
        return requests;
    }

    private static String words(Decision decision, Set<String> notes) {
        if (decision instanceof Decision.Forward forward) {
            return "to " + forward.version() + " as " + forward.forwardPath() + " copied to " + forward.mirrors()
                    + " after " + forward.delay() + (forward.remember() ? " remembered" : "");
        }
        if (decision instanceof Decision.Reply reply) {
            return "answered " + reply.status() + " " + reply.location() + " " + reply.body();
        }
        int status = ((Decision.Refuse) decision).status();
        // Kyma's gateway answers 404 where it knows no route, and 403 where an authorization policy refuses.
        boolean either = notes.contains("kyma.gateway") && (status == 403 || status == 404);
        return "refused " + (either ? "403 or 404" : status);
    }
}
