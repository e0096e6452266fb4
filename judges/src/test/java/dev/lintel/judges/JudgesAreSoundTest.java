package dev.lintel.judges;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.judges.node.Judging;
import dev.lintel.judges.node.Provider;
import dev.lintel.judges.node.Scripts;
import java.util.LinkedHashMap;
import java.util.List;
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
        World world = new World();
        return verdicts(
                scripts,
                "oauth4webapi",
                world,
                world.provider(),
                Map.of("groups", List.of("services", "users", "pushing", "bound", "devices", "lives", "registration")));
    }

    @TestFactory
    Stream<DynamicTest> openidClientFindsTheCertifiedProviderGood(Scripts scripts) {
        World world = new World();
        return verdicts(
                scripts, "openid-client", world, world.provider(), Map.of("groups", List.of("services", "users")));
    }

    @TestFactory
    Stream<DynamicTest> oauth4webapiFindsItGoodWithCertificatesOfClients(Scripts scripts) {
        World world = new World();
        Identities identities = new Identities();
        return verdicts(
                scripts,
                "oauth4webapi",
                world,
                world.provider(identities, true),
                Map.of("groups", List.of("tls"), "tls", identities.told()));
    }

    private static Stream<DynamicTest> verdicts(
            Scripts scripts, String library, World world, Map<String, ?> configuration, Map<String, ?> more) {
        Map<String, Object> told = new LinkedHashMap<>(PECULIAR);
        told.putAll(more);
        try (Provider provider = scripts.provider(configuration)) {
            return scripts.judge(library, world.told(provider.issuer(), told)).stream()
                    .map(verdict -> DynamicTest.dynamicTest(
                            verdict.name(),
                            () -> assertThat(verdict.passed())
                                    .as(verdict.message())
                                    .isEqualTo(!OTHERWISE.containsKey(verdict.name()))));
        }
    }
}
