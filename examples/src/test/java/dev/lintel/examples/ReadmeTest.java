package dev.lintel.examples;

import static dev.lintel.auth.OAuth2.oauth2;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.client.ClientCredentials;
import dev.lintel.auth.client.Tokens;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Secret;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.Workload;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.sdk.Api;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example of the front page, word for word. */
class ReadmeTest {
    private static final Path SOURCE = Path.of("src", "test", "java", "dev", "lintel", "examples", "ReadmeTest.java");
    private static final Path README = Path.of("..", "README.md");

    @Test
    void servesOrders() throws Exception {
        // @start region=readme
        try (var authorization = AuthorizationServer.start(s -> s.audience("orders"));
                var gateway = Gateway.start()) {
            String issuer = authorization.issuer().toString();
            ApiDefinition orders = Api.expose("orders")
                    .inNamespace("shop")
                    .withOAuth2(oauth2(issuer).audience("orders").scope("/orders/**", "orders.read"))
                    .split("v1", 90, "v2", 10)
                    .define();
            gateway.workload("orders.shop", "v1", Workload.function(request -> Reply.ok("from v1")));
            gateway.workload("orders.shop", "v2", Workload.function(request -> Reply.ok("from v2")));
            gateway.apply(gateway.plan(orders));

            Secret secret = Secret.of("of the shop");
            authorization.client("shop", secret, "orders.read");
            var client = ClientCredentials.of(issuer, "shop", secret, "orders.read");
            var http = HttpClient.newBuilder().proxy(gateway.proxySelector()).build();
            var order = HttpRequest.newBuilder(gateway.uri("orders.shop").resolve("/orders/7"));
            try (var tokens = Tokens.of(client)) {
                assertThat(http.send(order.build(), ofString()).statusCode()).isEqualTo(401);
                assertThat(http.send(tokens.authorize(order).build(), ofString())
                                .body())
                        .startsWith("from v");
            }
        }
        // @end
    }

    @Test
    void isWhatTheFrontPageShows() throws IOException {
        List<String> lines = Files.readAllLines(SOURCE);
        int start = lines.indexOf("        // @start region=readme") + 1;
        int end = lines.indexOf("        // @end");
        String region = lines.subList(start, end).stream()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .stripIndent();
        String readme = Files.readString(README);
        int block = readme.indexOf("```java\n") + "```java\n".length();
        assertThat(readme.substring(block, readme.indexOf("```", block)).stripTrailing())
                .isEqualTo(region);
    }
}
