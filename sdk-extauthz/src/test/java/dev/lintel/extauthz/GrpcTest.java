package dev.lintel.extauthz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.BoolValue;
import com.google.rpc.Status;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.AuthorizerRule.Protocol;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.core.v3.QueryParameter;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.HttpRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.envoyproxy.envoy.service.auth.v3.DeniedHttpResponse;
import io.envoyproxy.envoy.service.auth.v3.OkHttpResponse;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A gateway asks any server of ext_authz, and takes its answers as Envoy does, or more strictly. */
@SuppressWarnings("deprecation") // servers say "append"
class GrpcTest {
    private static HeaderValueOption.Builder header(String name, String value) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value));
    }

    private static CheckResponse ok(OkHttpResponse.Builder ok) {
        return CheckResponse.newBuilder()
                .setStatus(Status.getDefaultInstance())
                .setOkResponse(ok)
                .build();
    }

    private static CheckResponse no(DeniedHttpResponse.Builder no) {
        return CheckResponse.newBuilder()
                .setStatus(Status.newBuilder().setCode(7))
                .setDeniedResponse(no)
                .build();
    }

    @Test
    void theServerIsToldOfTheRequest() {
        try (FakeAuthorizer server = FakeAuthorizer.saying(ok(OkHttpResponse.newBuilder()));
                World world = new World(Asked.grpc(server.uri()))) {
            String answer = world.ask("POST", "/a//b?x=1", "hello", "X-A: 1", "X-A: 2");

            assertThat(World.status(answer)).isEqualTo(200);
            HttpRequest http = server.asked.get(0).getAttributes().getRequest().getHttp();
            assertThat(http.getMethod()).isEqualTo("POST");
            assertThat(http.getPath()).isEqualTo("/a/b?x=1");
            assertThat(http.getHost()).isEqualTo("orders.shop.localhost");
            assertThat(http.getProtocol()).isEqualTo("HTTP/1.1");
            assertThat(http.getBody()).isEqualTo("hello");
            assertThat(http.getSize()).isEqualTo(5);
            assertThat(http.getHeadersMap())
                    .containsEntry("x-a", "1,2")
                    .containsEntry(":path", "/a/b?x=1")
                    .containsEntry(":authority", "orders.shop.localhost");
            assertThat(server.asked
                            .get(0)
                            .getAttributes()
                            .getDestination()
                            .getAddress()
                            .getSocketAddress()
                            .getPortValue())
                    .isEqualTo(world.gateway.port());
        }
    }

    @Test
    void changesAreMadeAsEnvoyMakesThem() {
        CheckResponse response = ok(OkHttpResponse.newBuilder()
                .addHeaders(header("x-set", "new"))
                .addHeaders(header("x-added", "new").setAppend(BoolValue.of(true)))
                .addHeaders(header("x-absent", "new").setAppendAction(HeaderAppendAction.ADD_IF_ABSENT))
                .addHeaders(header("x-kept", "new").setAppendAction(HeaderAppendAction.ADD_IF_ABSENT))
                .addHeaders(header("x-present", "new").setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS))
                .addHeaders(header("x-nowhere", "new").setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS))
                .addHeadersToRemove("x-gone")
                .addQueryParametersToSet(QueryParameter.newBuilder().setKey("q").setValue("2"))
                .addQueryParametersToRemove("r")
                .addResponseHeadersToAdd(header("x-by", "server")));
        try (FakeAuthorizer server = FakeAuthorizer.saying(response);
                World world = new World(Asked.grpc(server.uri()))) {
            String answer = world.ask(
                    "GET", "/?q=1&r=1", "", "X-Set: o", "X-Added: o", "X-Kept: o", "X-Present: o", "X-Gone: o");

            assertThat(answer).contains("\r\nx-by: server\r\n");
            assertThat(world.served.get(0))
                    .startsWith("GET / q=2 {")
                    .contains("x-set=new", "x-added=o,new", "x-absent=new", "x-kept=o", "x-present=new")
                    .doesNotContain("x-gone", "x-nowhere");
        }
    }

    @Test
    void aRefusalIsAnsweredAsItSays() {
        CheckResponse response = no(DeniedHttpResponse.newBuilder()
                .setStatus(HttpStatus.newBuilder().setCode(StatusCode.Unauthorized))
                .addHeaders(header("set-cookie", "a=1"))
                .addHeaders(header("set-cookie", "b=2"))
                .addHeaders(header("connection", "x"))
                .setBody("log in"));
        try (FakeAuthorizer server = FakeAuthorizer.saying(response);
                World world = new World(Asked.grpc(server.uri()))) {
            assertThat(world.ask("GET", "/", ""))
                    .isEqualTo("HTTP/1.1 401 Unauthorized\r\ncontent-type: text/plain\r\nset-cookie: a=1\r\n"
                            + "set-cookie: b=2\r\ncontent-length: 6\r\nconnection: close\r\n\r\nlog in");
            assertThat(world.served).isEmpty();
        }
    }

    static Stream<Arguments> noPermission() {
        OkHttpResponse.Builder ok = OkHttpResponse.newBuilder();
        return Stream.of(
                Arguments.of("nothing", true, CheckResponse.getDefaultInstance()),
                Arguments.of(
                        "no status",
                        true,
                        CheckResponse.newBuilder().setOkResponse(ok).build()),
                Arguments.of("host", true, ok(OkHttpResponse.newBuilder().addHeaders(header("Host", "x")))),
                Arguments.of("path", true, ok(OkHttpResponse.newBuilder().addHeaders(header(":path", "/x")))),
                Arguments.of("gone", true, ok(OkHttpResponse.newBuilder().addHeadersToRemove("content-length"))),
                Arguments.of("injected", true, ok(OkHttpResponse.newBuilder().addHeaders(header("x", "a\nb: c")))),
                Arguments.of(
                        "too much", true, ok(OkHttpResponse.newBuilder().addHeaders(header("x", "x".repeat(70_000))))),
                Arguments.of(
                        "too large",
                        true,
                        ok(OkHttpResponse.newBuilder().addHeaders(header("x", "x".repeat(2_000_000))))),
                Arguments.of(
                        "no, without more",
                        false,
                        CheckResponse.newBuilder()
                                .setStatus(Status.newBuilder().setCode(16))
                                .build()),
                Arguments.of(
                        "no, with what it would allow",
                        false,
                        CheckResponse.newBuilder()
                                .setStatus(Status.newBuilder().setCode(7))
                                .setOkResponse(ok)
                                .build()),
                Arguments.of(
                        "yes and no",
                        false,
                        CheckResponse.newBuilder()
                                .setStatus(Status.getDefaultInstance())
                                .setDeniedResponse(DeniedHttpResponse.getDefaultInstance())
                                .build()),
                Arguments.of(
                        "a status that is none",
                        false,
                        no(DeniedHttpResponse.newBuilder()
                                .setStatus(HttpStatus.newBuilder().setCodeValue(7)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noPermission")
    void whatDoesNotAllowRefuses(String name, boolean opens, CheckResponse response) {
        try (FakeAuthorizer server = FakeAuthorizer.saying(response);
                World closed = new World(Asked.grpc(server.uri()));
                World open = new World(Asked.rule(Protocol.EXT_AUTHZ_GRPC, server.uri(), "", Asked.LONG, true))) {
            assertThat(World.status(closed.ask("GET", "/", ""))).isEqualTo(403);
            assertThat(World.status(open.ask("GET", "/", ""))).isEqualTo(opens ? 200 : 403);
            assertThat(closed.served).isEmpty();
        }
    }

    @Test
    void anErrorIsNoPermission() {
        try (FakeAuthorizer server = FakeAuthorizer.doing(
                        (request, to) -> to.onError(io.grpc.Status.INTERNAL.asRuntimeException()));
                World world = new World(Asked.grpc(server.uri()))) {
            assertThat(world.ask("GET", "/", "")).contains(" 403 ", "the external authorizer gave no answer");
        }
    }

    @Test
    void aServerThatHangsIsWaitedForNoLongerThanIsSaid() {
        AuthorizerRule soon;
        try (FakeAuthorizer server = FakeAuthorizer.doing((request, to) -> {})) {
            soon = Asked.rule(Protocol.EXT_AUTHZ_GRPC, server.uri(), "", Duration.ofMillis(300), false);
            try (World world = new World(soon)) {
                assertThat(world.ask("GET", "/", "")).contains(" 403 ", "the external authorizer gave no answer");
            }
        }
    }

    /** The first question after its return may find the connection still broken; it makes another one. */
    @Test
    void aServerThatIsDownAtTheStartMayComeLater() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (World world = new World(Asked.grpc(URI.create("http://127.0.0.1:" + port)))) {
            assertThat(World.status(world.ask("GET", "/", ""))).isEqualTo(403);
            assertThat(World.status(world.ask("GET", "/", ""))).isEqualTo(403);
            try (FakeAuthorizer server = FakeAuthorizer.at(port, ok(OkHttpResponse.newBuilder()))) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                while (World.status(world.ask("GET", "/", "")) != 200 && System.nanoTime() < end) {
                    LockSupport.parkNanos(1_000_000);
                }
                assertThat(server.asked).isNotEmpty();
            }
            assertThat(World.status(world.ask("GET", "/", ""))).isEqualTo(403);
        }
    }
}
