package dev.lintel.extauthz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lintel.testkit.Opa;
import dev.lintel.testkit.OpaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A real OPA answers the same by its REST API and by ext_authz through the bridge: status, headers and body. */
@Tag("opa")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParityTest {
    private static final String RULES = """
            package envoy.authz

            http := input.attributes.request.http
            """;

    private OpaServer opa;

    private static Arguments of(String name, int status, String rego) {
        return Arguments.of(name, status, "", rego);
    }

    private static Arguments with(String name, int status, String body, String rego) {
        return Arguments.of(name, status, body, rego);
    }

    static Stream<Arguments> policies() {
        return Stream.of(
                of("yes", 200, "true"),
                of("no", 403, "false"),
                of("undefined", 403, "true if input.nobody"),
                of("number", 403, "1"),
                of("text", 403, "\"true\""),
                of("null", 403, "null"),
                of("list", 403, "[true]"),
                of("set", 403, "{true}"),
                of("object_without_allowed", 403, "{\"headers\": {}}"),
                of("allowed_as_text", 403, "{\"allowed\": \"yes\"}"),
                of("allowed", 200, "{\"allowed\": true}"),
                of("header", 200, "{\"allowed\": true, \"headers\": {\"x-user\": \"alice\"}}"),
                of("header_list", 200, "{\"allowed\": true, \"headers\": {\"x-user\": [\"a\", \"b\", \"c\"]}}"),
                of(
                        "headers_in_list",
                        200,
                        "{\"allowed\": true, \"headers\": [{\"x-user\": \"a\"}, {\"x-role\": [\"b\", \"c\"]}]}"),
                of("header_as_number", 403, "{\"allowed\": true, \"headers\": {\"x-user\": 7}}"),
                of("header_host", 403, "{\"allowed\": true, \"headers\": {\"host\": \"x\"}}"),
                of("header_path", 403, "{\"allowed\": true, \"headers\": {\":path\": \"/x\"}}"),
                of("header_injection", 403, "{\"allowed\": true, \"headers\": {\"x\": \"a\\r\\nb: c\"}}"),
                of("removed", 200, "{\"allowed\": true, \"request_headers_to_remove\": [\"x-secret\"]}"),
                of("removed_host", 403, "{\"allowed\": true, \"request_headers_to_remove\": [\"host\"]}"),
                of("removed_as_text", 403, "{\"allowed\": true, \"request_headers_to_remove\": \"x\"}"),
                of(
                        "response",
                        200,
                        "{\"allowed\": true, \"response_headers_to_add\": {\"x-by\": \"opa\", \"set-cookie\": [\"a=1\", \"b=2\"]}}"),
                of(
                        "response_length",
                        403,
                        "{\"allowed\": true, \"response_headers_to_add\": {\"content-length\": \"0\"}}"),
                of(
                        "query_set",
                        200,
                        "{\"allowed\": true, \"query_parameters_to_set\": {\"q\": \"n & w\", \"z\": [\"1\", \"2\"]}}"),
                of("query_removed", 200, "{\"allowed\": true, \"query_parameters_to_remove\": [\"q\"]}"),
                of("query_as_number", 403, "{\"allowed\": true, \"query_parameters_to_set\": {\"q\": 1}}"),
                of(
                        "metadata",
                        200,
                        "{\"allowed\": true, \"dynamic_metadata\": {\"a\": [1, {\"b\": null}], \"c\": true}}"),
                of("metadata_as_text", 403, "{\"allowed\": true, \"dynamic_metadata\": \"a\"}"),
                of("denied", 403, "{\"allowed\": false}"),
                of("denied_status", 429, "{\"allowed\": false, \"http_status\": 429}"),
                of(
                        "denied_body",
                        401,
                        "{\"allowed\": false, \"http_status\": 401, \"body\": \"{\\\"no\\\": 1}\", \"headers\": {\"content-type\": \"application/json\", \"www-authenticate\": \"Basic\"}}"),
                of(
                        "denied_redirect",
                        302,
                        "{\"allowed\": false, \"http_status\": 302, \"headers\": {\"location\": \"https://login.example/?q=a\"}}"),
                of("denied_cookies", 403, "{\"allowed\": false, \"headers\": {\"set-cookie\": [\"a=1\", \"b=2\"]}}"),
                of(
                        "denied_headers_in_list",
                        403,
                        "{\"allowed\": false, \"headers\": [{\"x-a\": \"1\"}, {\"x-a\": \"2\"}]}"),
                of(
                        "denied_bad_header",
                        403,
                        "{\"allowed\": false, \"headers\": {\"x-a\": \"1\\r\\nx\", \"x-b\": \"2\"}}"),
                of("denied_ok", 200, "{\"allowed\": false, \"http_status\": 200, \"body\": \"fine\"}"),
                of("denied_text_status", 403, "{\"allowed\": false, \"http_status\": \"401\"}"),
                of("denied_unknown_status", 403, "{\"allowed\": false, \"http_status\": 299}"),
                of("denied_teapot", 403, "{\"allowed\": false, \"http_status\": 418}"),
                of("denied_no_content", 204, "{\"allowed\": false, \"http_status\": 204, \"body\": \"x\"}"),
                of("denied_body_as_number", 403, "{\"allowed\": false, \"body\": 1}"),
                of("by_path", 200, "input.parsed_path == [\"p\", \"a b\"]"),
                of("by_query", 200, "input.parsed_query == {\"q\": [\"1\", \"2\"], \"x\": [\"\"]}"),
                of("by_header", 200, "http.headers[\"x-secret\"] == \"s\""),
                of(
                        "by_pseudo_header",
                        200,
                        "[http.headers[\":method\"], http.headers[\":authority\"], http.headers[\":scheme\"]] == [\"GET\", \"orders.shop.localhost\", \"http\"]"),
                of("by_address", 200, "input.attributes.source.address.socketAddress.address == \"127.0.0.1\""),
                of("by_version", 200, "input.version == {\"ext_authz\": \"v3\", \"encoding\": \"protojson\"}"),
                with("by_body", 200, "{\"amount\": 12}", "input.parsed_body.amount == 12"),
                with("by_body_no", 403, "{\"amount\": 120}", "input.parsed_body.amount == 12"),
                with("by_raw_body", 200, "{\"a\":\"\u00e4\"}", "count(http.body) > 4"),
                with("malformed", 400, "{\"amount\": ", "true"));
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Optional<Path> binary = Opa.binary();
        assumeTrue(binary.isPresent(), "skipped: no Go builds the real OPA here");
        StringBuilder rego = new StringBuilder(RULES);
        for (Arguments policy : policies().toList()) {
            String text = (String) policy.get()[3];
            String name = "case_" + policy.get()[0];
            rego.append(
                    text.startsWith("input.")
                                    || text.startsWith("http")
                                    || text.startsWith("[http")
                                    || text.startsWith("count")
                            ? name + " if " + text + "\n\ndefault " + name + " := false\n\n"
                            : text.contains(" if ") ? name + " if input.nobody\n\n" : name + " := " + text + "\n\n");
        }
        Path file = Files.writeString(folder.resolve("policy.rego"), rego);
        opa = OpaServer.start(binary.get(), List.of(file.toString()));
    }

    @AfterAll
    void stop() {
        if (opa != null) {
            opa.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("policies")
    void restAndGrpcAnswerTheSame(String name, int status, String body, String rego) {
        String decision = "envoy/authz/case_" + name;
        try (AuthorizerBridge bridge = AuthorizerBridge.start(b ->
                        b.opa(opa.uri()).decision(decision).timeout(Asked.LONG).port(0));
                World rest = new World(Asked.opa(opa.uri(), decision));
                World grpc = new World(Asked.grpc(bridge.uri()))) {
            String method = body.isEmpty() ? "GET" : "POST";
            String[] fields = {"X-Secret: s", "X-User: mallory", "Content-Type: application/json"};

            String one = rest.ask(method, "/p/a%20b?q=1&q=2&x", body, fields);
            String other = grpc.ask(method, "/p/a%20b?q=1&q=2&x", body, fields);

            assertThat(World.status(one)).isEqualTo(status);
            assertThat(other).isEqualTo(one);
            assertThat(grpc.served).isEqualTo(rest.served);
        }
    }
}
