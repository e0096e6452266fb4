package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.match.Match;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Random APIs and requests: the evaluator chooses the rule and the route that a slow reading of the words chooses. */
class PrecedencePropertyTest {
    private static final String[] SEGMENTS = {"a", "b", "c", "{x}", "{y}"};
    private static final String[] METHODS = {"GET", "POST", "HEAD", "PUT"};

    @RepeatedTest(20)
    void accessAndRoutesAreGovernedLikeANaiveReading(RepetitionInfo repetition) {
        for (int i = 0; i < 60; i++) {
            long seed = repetition.getCurrentRepetition() * 1_000L + i;
            Random random = new Random(seed);
            ApiModel api = api(random);
            Evaluator evaluator = Evaluator.of(new dev.lintel.core.model.MeshModel(List.of(api)));
            for (int n = 0; n < 60; n++) {
                RequestValue request = request(random);
                Decision decision = evaluator.decide(request, TestApi.FIRST);
                AccessRule rule = Reference.governing(
                        api.entry().access().rules(), one -> Match.of(one.endpoint()), request);
                assertThat(decision.access())
                        .as("seed %d: rule for %s among %s", seed, request, api.entry().access().rules())
                        .isSameAs(rule);
                assertThat(decision instanceof Decision.Forward).isEqualTo(rule != null);
                if (decision instanceof Decision.Forward forward) {
                    assertThat(forward.route())
                            .as("seed %d: route for %s among %s", seed, request, api.entry().routes())
                            .isSameAs(Reference.governing(api.entry().routes(), Route::match, request));
                }
            }
        }
    }

    @Test
    void theReferenceIsAbleToDisagree() {
        Match any = Match.any();
        Match narrow = Match.match("/a");
        RequestValue request = TestApi.request("GET", "/a");
        assertThat(Reference.governing(List.of(any, narrow), one -> one, request)).isSameAs(narrow);
        assertThat(Reference.governing(List.of(narrow), one -> one, TestApi.request("GET", "/b"))).isNull();
    }

    private static ApiModel api(Random random) {
        TestApi api = TestApi.orders();
        for (int n = 1 + random.nextInt(8); n > 0; n--) {
            api.rule(endpoint(random), Requirement.PUBLIC);
        }
        for (int n = random.nextInt(8); n > 0; n--) {
            Match match = Match.match(endpoint(random));
            match = random.nextInt(3) == 0 ? match.header("h1", "1") : match;
            match = random.nextInt(4) == 0 ? match.header("h2", "1") : match;
            match = random.nextInt(3) == 0 ? match.query("q1", "1") : match;
            match = random.nextInt(4) == 0 ? match.query("q2", "1") : match;
            api.route(match, "v" + n);
        }
        return api.model();
    }

    private static String endpoint(Random random) {
        StringBuilder text = new StringBuilder();
        if (random.nextInt(3) == 0) {
            text.append(METHODS[random.nextInt(METHODS.length)]);
            text.append(random.nextInt(3) == 0 ? "," + METHODS[random.nextInt(METHODS.length)] : "");
            text.append(' ');
        }
        int start = text.length();
        for (int n = random.nextInt(4); n > 0; n--) {
            text.append('/').append(SEGMENTS[random.nextInt(SEGMENTS.length)]);
        }
        text.append(random.nextBoolean() ? "/**" : "");
        return text.length() == start ? text.append('/').toString() : text.toString();
    }

    private static RequestValue request(Random random) {
        StringBuilder path = new StringBuilder();
        for (int n = random.nextInt(5); n > 0; n--) {
            path.append('/').append("abcd".charAt(random.nextInt(4)));
        }
        path.append(path.isEmpty() || random.nextInt(4) == 0 ? "/" : "");
        String query = random.nextBoolean() ? null : random.nextBoolean() ? "q1=1" : "q1=1&q2=1";
        RequestValue request =
                RequestValue.of(METHODS[random.nextInt(METHODS.length)], TestApi.HOST, path.toString(), query);
        request = random.nextBoolean() ? request.header("h1", "1") : request;
        return random.nextBoolean() ? request.header("h2", "1") : request;
    }
}
