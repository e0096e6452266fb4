package dev.lintel.judges;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.judges.node.Judging;
import dev.lintel.judges.node.Provider;
import dev.lintel.judges.node.Scripts;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The cases that judge our server hold for a certified one, so that what they find is the server's fault and not theirs. */
@ExtendWith(Judging.class)
class JudgesAreSoundTest {
    /** Where oidc-provider does something else that the RFCs allow, or that it chose against them. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "a scope that the client may not have is refused",
            "scopes that a resource does not know are left out",
            "a grant that the client may not use is refused",
            "the error is invalid_request");

    private static final Map<String, Object> PECULIAR = Map.of(
            "user", Map.of("login", World.USER, "password", "any"),
            "refusing", Map.of("login", World.USER, "password", "any", "link", "Cancel", "abort", "yes"),
            "asking", Map.of("resource", World.AUDIENCE));

    @TestFactory
    Stream<DynamicTest> oauth4webapiFindsTheCertifiedProviderGood(Scripts scripts) {
        return verdicts(scripts, "oauth4webapi");
    }

    @TestFactory
    Stream<DynamicTest> openidClientFindsTheCertifiedProviderGood(Scripts scripts) {
        return verdicts(scripts, "openid-client");
    }

    private static Stream<DynamicTest> verdicts(Scripts scripts, String library) {
        World world = new World();
        try (Provider provider = scripts.provider(world.provider())) {
            return scripts.judge(library, world.told(provider.issuer(), PECULIAR)).stream()
                    .map(verdict -> DynamicTest.dynamicTest(
                            verdict.name(),
                            () -> assertThat(verdict.passed())
                                    .as(verdict.message())
                                    .isEqualTo(!OTHERWISE.containsKey(verdict.name()))))
                    .toList()
                    .stream();
        }
    }
}
