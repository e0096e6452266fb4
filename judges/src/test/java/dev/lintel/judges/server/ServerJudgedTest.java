package dev.lintel.judges.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.AuthorizationSettings;
import dev.lintel.embedded.authorization.ProofNoncePolicy;
import dev.lintel.embedded.authorization.SigningAlgorithm;
import dev.lintel.judges.Identities;
import dev.lintel.judges.World;
import dev.lintel.judges.node.Judging;
import dev.lintel.judges.node.Scripts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our authorization server, judged by certified libraries. */
@ExtendWith(Judging.class)
class ServerJudgedTest {
    private static final List<String> ALMOST_ALL = List.of("services", "users", "devices", "lives", "registration");

    @TestFactory
    Stream<DynamicTest> oauth4webapiFindsOurServerGood(Scripts scripts) {
        return judged(scripts, "oauth4webapi", ALMOST_ALL, settings -> settings);
    }

    @TestFactory
    Stream<DynamicTest> oauth4webapiFindsItGoodWithNoncesInProofs(Scripts scripts) {
        return judged(scripts, "oauth4webapi", List.of("bound"), ServerJudgedTest::withNonces);
    }

    @TestFactory
    Stream<DynamicTest> oauth4webapiFindsItGoodWherePushingIsAMust(Scripts scripts) {
        return judged(
                scripts,
                "oauth4webapi",
                List.of("pushing"),
                settings -> settings.login(login -> login.passwordRounds(1_000).pushedRequestsOnly()));
    }

    @TestFactory
    Stream<DynamicTest> oauth4webapiFindsItGoodWithES256(Scripts scripts) {
        return judged(
                scripts,
                "oauth4webapi",
                List.of("services", "users"),
                settings -> settings.signingAlgorithm(SigningAlgorithm.ES256));
    }

    @TestFactory
    Stream<DynamicTest> oauth4webapiFindsItGoodWithEdDSA(Scripts scripts) {
        return judged(
                scripts,
                "oauth4webapi",
                List.of("services", "users"),
                settings -> settings.signingAlgorithm(SigningAlgorithm.EDDSA));
    }

    @TestFactory
    Stream<DynamicTest> oauth4webapiFindsItGoodAfterItsKeysWereRotated(Scripts scripts) {
        World world = new World();
        try (AuthorizationServer server = Ours.start(world, settings -> settings)) {
            Map<String, Object> told = told(world, server, Map.of("groups", List.of("services", "users")));
            List<DynamicTest> before = verdicts(scripts, "oauth4webapi", told).toList();
            server.rotateKeys();
            return Stream.concat(before.stream(), verdicts(scripts, "oauth4webapi", told));
        }
    }

    @TestFactory
    Stream<DynamicTest> oauth4webapiFindsItGoodWithCertificatesOfClients(Scripts scripts) {
        World world = new World();
        Identities identities = new Identities();
        try (AuthorizationServer server = Ours.start(world, identities)) {
            return verdicts(
                    scripts,
                    "oauth4webapi",
                    told(world, server, Map.of("groups", List.of("tls"), "tls", identities.told())));
        }
    }

    @TestFactory
    Stream<DynamicTest> openidClientFindsOurServerGood(Scripts scripts) {
        return judged(scripts, "openid-client", List.of("services", "users"), settings -> settings);
    }

    @TestFactory
    Stream<DynamicTest> openidClientFindsItGoodWithNoncesInProofs(Scripts scripts) {
        return judged(scripts, "openid-client", List.of("services", "users"), ServerJudgedTest::withNonces);
    }

    private static AuthorizationSettings withNonces(AuthorizationSettings settings) {
        return settings.proofNonces(ProofNoncePolicy.REQUIRED, Duration.ofMinutes(5));
    }

    private static Stream<DynamicTest> judged(
            Scripts scripts, String library, List<String> groups, UnaryOperator<AuthorizationSettings> more) {
        World world = new World();
        try (AuthorizationServer server = Ours.start(world, more)) {
            return verdicts(scripts, library, told(world, server, Map.of("groups", groups)));
        }
    }

    private static Map<String, Object> told(World world, AuthorizationServer server, Map<String, ?> more) {
        Map<String, Object> told = new LinkedHashMap<>(Ours.peculiar());
        told.putAll(more);
        return world.told(server.issuer(), told);
    }

    private static Stream<DynamicTest> verdicts(Scripts scripts, String library, Map<String, ?> told) {
        return scripts.judge(library, told).stream()
                .map(verdict -> DynamicTest.dynamicTest(
                        verdict.name(),
                        () -> assertThat(verdict.passed()).as(verdict.message()).isTrue()));
    }
}
