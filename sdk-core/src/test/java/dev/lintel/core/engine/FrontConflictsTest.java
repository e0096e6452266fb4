package dev.lintel.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Origin;
import dev.lintel.core.Policy;
import dev.lintel.core.Problem;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.GrpcRule;
import dev.lintel.core.model.Version;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What cannot be said about an API that Lintel serves itself. */
class FrontConflictsTest {
    record Anything(String key) implements Policy {
        @Override
        public String kind() {
            return "test.anything/v1";
        }
    }

    @Test
    void theModelSaysThatItIsServedByLintel() {
        assertThat(problems(draft -> draft.front(front("a")))).isEmpty();
    }

    @Test
    void itHasNoVersionsAndSpeaksNoGrpc() {
        List<Problem> problems = problems(draft -> {
            draft.front(front("a"));
            draft.version(new Version("v1", Map.of("version", "v1"), null));
            draft.grpc(new GrpcRule(Origin.at("Api.java", 3)));
        });

        assertThat(problems).extracting(Problem::code).containsExactly("front.service", "front.service");
        assertThat(problems)
                .extracting(Problem::message)
                .containsExactly(
                        "is served by Lintel itself, but version 'v1' of its service is named",
                        "is served by Lintel itself, but its service is said to speak gRPC");
    }

    @Test
    void itIsServedOnce() {
        List<Problem> problems = problems(draft -> {
            draft.front(front("a"));
            draft.front(front("b"));
        });

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("front.twice");
            assertThat(problem.message()).isEqualTo("a second front, first at Api.java:1");
        });
    }

    @Test
    void aPolicyIsToldAtItsOwnLine() {
        List<Problem> problems = problems(draft -> {
            assertThat(draft.verifiesTokens()).isFalse();
            draft.problem(draft.said().get(1), "test.other", "the other one is wrong", "say it otherwise");
        });

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("orders.shop test.anything/v1");
            assertThat(problem.origin()).hasToString("Api.java:8");
        });
    }

    private static FrontRule front(String kind) {
        return new FrontRule(kind, List.of(), new TreeMap<>(), new TreeMap<>(), Origin.at("Api.java", 1));
    }

    private static List<Problem> problems(Consumer<ApiDraft> meaning) {
        PolicyCompiler<Anything> compiler = new PolicyCompiler<>() {
            @Override
            public Class<Anything> policy() {
                return Anything.class;
            }

            @Override
            public String kind() {
                return "test.anything/v1";
            }

            @Override
            public Phase phase() {
                return Phase.DOCUMENT;
            }

            @Override
            public void compile(Anything policy, ApiDraft draft) {
                if (policy.key().equals("first")) {
                    meaning.accept(draft);
                }
            }
        };
        ApiDefinition said = new ApiDefinition(
                ServiceRef.service("orders"),
                "shop",
                List.of(
                        new Said(new Anything("first"), Origin.at("Api.java", 7)),
                        new Said(new Anything("second"), Origin.at("Api.java", 8))),
                Origin.at("Api.java", 6));
        return new ModelCompiler(Kinds.of(List.of(compiler))).check(said);
    }
}
