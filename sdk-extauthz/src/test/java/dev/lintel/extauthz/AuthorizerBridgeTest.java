package dev.lintel.extauthz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import dev.lintel.core.Secret;
import dev.lintel.testkit.Certificates;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.HttpRequest;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc.AuthorizationBlockingStub;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc.AuthorizationFutureStub;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The bridge as an Envoy sees it. */
class AuthorizerBridgeTest {
    private static final CheckRequest QUESTION = question("/a?b=1", "");

    private static CheckRequest question(String path, String body) {
        return CheckRequest.newBuilder()
                .setAttributes(AttributeContext.newBuilder()
                        .setRequest(AttributeContext.Request.newBuilder()
                                .setHttp(HttpRequest.newBuilder()
                                        .setMethod("GET")
                                        .setPath(path)
                                        .putHeaders("content-type", "application/json")
                                        .setBody(body))))
                .build();
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("20 s").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** A bridge with a client before it. */
    private record Bridged(AuthorizerBridge bridge, ManagedChannel channel) implements AutoCloseable {
        static Bridged to(FakeOpa opa, java.util.function.UnaryOperator<BridgeSettings> more) {
            AuthorizerBridge bridge = AuthorizerBridge.start(
                    b -> more.apply(b.opa(opa.uri()).timeout(Asked.LONG).port(0)));
            return new Bridged(
                    bridge,
                    NettyChannelBuilder.forAddress("127.0.0.1", bridge.port())
                            .usePlaintext()
                            .build());
        }

        AuthorizationBlockingStub stub() {
            return AuthorizationGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
        }

        AuthorizationFutureStub later() {
            return AuthorizationGrpc.newFutureStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
        }

        Status.Code failure(CheckRequest question) {
            return catchThrowableOfType(StatusRuntimeException.class, () -> stub().check(question))
                    .getStatus()
                    .getCode();
        }

        @Override
        public void close() {
            channel.shutdownNow();
            bridge.close();
        }
    }

    @Test
    void theDecisionIsNamedInTheMetadata() {
        try (FakeOpa opa = FakeOpa.saying(
                        "{\"decision_id\": \"d-1\", \"result\": {\"allowed\": true, \"dynamic_metadata\": {\"a\": 1}}}");
                Bridged bridged = Bridged.to(opa, b -> b)) {
            CheckResponse response = bridged.stub().check(QUESTION);

            assertThat(response.getStatus().getCode()).isZero();
            assertThat(response.getDynamicMetadata()
                            .getFieldsMap()
                            .get("decision_id")
                            .getStringValue())
                    .isEqualTo("d-1");
            assertThat(response.getDynamicMetadata().getFieldsMap().get("a").getNumberValue())
                    .isEqualTo(1);
            assertThat(opa.asked.get(0)).contains("\"parsed_path\":[\"a\"]");
        }
    }

    @Test
    void aDecisionThatOpaDoesNotNameGetsAName() {
        try (FakeOpa opa = FakeOpa.saying("{\"result\": false}");
                Bridged bridged = Bridged.to(opa, b -> b)) {
            CheckResponse response = bridged.stub().check(QUESTION);

            assertThat(response.getStatus().getCode()).isEqualTo(7);
            assertThat(response.getDeniedResponse().getStatus().getCodeValue()).isEqualTo(403);
            assertThat(UUID.fromString(response.getDynamicMetadata()
                            .getFieldsMap()
                            .get("decision_id")
                            .getStringValue()))
                    .isNotNull();
        }
    }

    @Test
    void noDecisionIsAnError() {
        for (String answer : new String[] {"{}", "{\"result\": 1}", "{\"result\": {}}", "rubbish"}) {
            try (FakeOpa opa = FakeOpa.saying(answer);
                    Bridged bridged = Bridged.to(opa, b -> b)) {
                assertThat(bridged.failure(QUESTION)).as(answer).isEqualTo(Status.Code.INTERNAL);
            }
        }
    }

    @Test
    void anOpaThatIsNotThereIsAnError() {
        FakeOpa gone = FakeOpa.saying("{}");
        gone.close();
        try (Bridged bridged = Bridged.to(gone, b -> b)) {
            assertThat(bridged.failure(QUESTION)).isEqualTo(Status.Code.INTERNAL);
        }
    }

    @Test
    void whatCannotBeReadIs400() {
        try (FakeOpa opa = FakeOpa.saying("{\"result\": true}");
                Bridged bridged = Bridged.to(opa, b -> b)) {
            for (CheckRequest malformed : new CheckRequest[] {question("/%zz", ""), question("/", "{")}) {
                CheckResponse response = bridged.stub().check(malformed);
                assertThat(response.getDeniedResponse().getStatus().getCodeValue())
                        .isEqualTo(400);
            }
            assertThat(opa.asked).isEmpty();
        }
    }

    @Test
    void aDryRunAllowsEverything() {
        for (String answer : new String[] {"{\"result\": false}", "{}", "rubbish"}) {
            try (FakeOpa opa = FakeOpa.saying(answer);
                    Bridged bridged = Bridged.to(opa, BridgeSettings::dryRun)) {
                assertThat(bridged.stub().check(QUESTION).getStatus().getCode()).isZero();
                assertThat(opa.asked).hasSize(1);
            }
        }
    }

    @Test
    void aQuestionThatIsTooLargeIsRefused() {
        try (FakeOpa opa = FakeOpa.saying("{\"result\": true}");
                Bridged bridged = Bridged.to(opa, b -> b.maxMessageBytes(1000))) {
            assertThat(bridged.failure(question("/", "\"" + "x".repeat(2000) + "\"")))
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(bridged.stub().check(QUESTION).getStatus().getCode()).isZero();
            assertThat(opa.asked).hasSize(1);
        }
    }

    @Test
    void noMoreQuestionsAreUnderWayThanIsSaid() throws Exception {
        try (FakeOpa opa = FakeOpa.waiting("{\"result\": true}");
                Bridged bridged = Bridged.to(opa, b -> b.maxRunning(1))) {
            Future<CheckResponse> first = bridged.later().check(QUESTION);
            until(() -> opa.asked.size() == 1);

            assertThat(bridged.failure(QUESTION)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            opa.go.countDown();
            assertThat(first.get(20, TimeUnit.SECONDS).getStatus().getCode()).isZero();
            assertThat(bridged.stub().check(QUESTION).getStatus().getCode()).isZero();
        }
    }

    /** What no time is must not hold a place either: else a few thousand of them would stop the bridge for everybody. */
    @Test
    void aTimeThatIsNoneIs400AndHoldsNoPlace() {
        CheckRequest malformed = QUESTION.toBuilder()
                .setAttributes(QUESTION.getAttributes().toBuilder()
                        .setRequest(QUESTION.getAttributes().getRequest().toBuilder()
                                .setTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))))
                .build();
        try (FakeOpa opa = FakeOpa.saying("{\"result\": true}");
                Bridged bridged = Bridged.to(opa, b -> b.maxRunning(1))) {
            for (int i = 0; i < 3; i++) {
                CheckResponse response = bridged.stub().check(malformed);
                assertThat(response.getDeniedResponse().getStatus().getCodeValue())
                        .isEqualTo(400);
            }
            assertThat(bridged.stub().check(QUESTION).getStatus().getCode()).isZero();
            assertThat(opa.asked).hasSize(1);
        }
    }

    /** A client that has given up must not hold a place; if it did, the next question would be refused. */
    @Test
    void aClientsDeadlineEndsTheQuestion() {
        try (FakeOpa opa = FakeOpa.waiting("{\"result\": true}");
                Bridged bridged = Bridged.to(opa, b -> b.maxRunning(1).threads(1))) {
            AuthorizationBlockingStub soon =
                    AuthorizationGrpc.newBlockingStub(bridged.channel()).withDeadlineAfter(300, TimeUnit.MILLISECONDS);
            assertThatThrownBy(() -> soon.check(QUESTION)).hasMessageContaining("DEADLINE_EXCEEDED");
            opa.go.countDown();

            until(() -> {
                try {
                    return bridged.stub().check(QUESTION).getStatus().getCode() == 0;
                } catch (StatusRuntimeException e) {
                    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                    return false;
                }
            });
        }
    }

    @Test
    void itSaysThatItIsWell() {
        try (FakeOpa opa = FakeOpa.saying("{}");
                Bridged bridged = Bridged.to(opa, b -> b)) {
            assertThat(HealthGrpc.newBlockingStub(bridged.channel())
                            .check(HealthCheckRequest.newBuilder()
                                    .setService("envoy.service.auth.v3.Authorization")
                                    .build())
                            .getStatus())
                    .isEqualTo(ServingStatus.SERVING);
        }
    }

    @Test
    void whatIsUnderWayIsAnsweredWhenItStops() throws Exception {
        try (FakeOpa opa = FakeOpa.waiting("{\"result\": true}");
                Bridged bridged = Bridged.to(opa, b -> b)) {
            Future<CheckResponse> last = bridged.later().check(QUESTION);
            until(() -> opa.asked.size() == 1);
            CompletableFuture<Void> closed =
                    CompletableFuture.runAsync(() -> bridged.bridge().close());
            opa.go.countDown();

            assertThat(last.get(20, TimeUnit.SECONDS).getStatus().getCode()).isZero();
            closed.get(20, TimeUnit.SECONDS);
            assertThat(bridged.failure(QUESTION)).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void itSpeaksTlsWhereThatIsSaid() throws Exception {
        Certificates own = Certificates.named("bridge", "ip:127.0.0.1");
        try (FakeOpa opa = FakeOpa.saying("{\"result\": true}");
                AuthorizerBridge bridge = AuthorizerBridge.start(
                        b -> b.opa(opa.uri()).timeout(Asked.LONG).port(0).tls(own.pem(), Secret.of(own.key())))) {
            ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", bridge.port())
                    .sslContext(GrpcSslContexts.forClient()
                            .trustManager(new ByteArrayInputStream(own.pem().getBytes(StandardCharsets.US_ASCII)))
                            .build())
                    .build();
            try {
                assertThat(bridge.uri().getScheme()).isEqualTo("grpcs");
                assertThat(AuthorizationGrpc.newBlockingStub(channel)
                                .withDeadlineAfter(20, TimeUnit.SECONDS)
                                .check(QUESTION)
                                .getStatus()
                                .getCode())
                        .isZero();
            } finally {
                channel.shutdownNow();
            }
        }
    }

    @Test
    void itMustKnowItsOpa() {
        assertThatThrownBy(() -> AuthorizerBridge.start(b -> b))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a bridge must know its OPA; say it: AuthorizerBridge.start(b ->"
                        + " b.opa(URI.create(\"http://127.0.0.1:8181\")))");
        assertThatThrownBy(() -> BridgeSettings.defaults().port(70_000))
                .hasMessage("a port must be 0 to 65535, but was 70000");
    }
}
