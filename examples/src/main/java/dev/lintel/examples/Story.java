package dev.lintel.examples;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;

import dev.lintel.auth.client.ClientCredentials;
import dev.lintel.auth.client.Tokens;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Secret;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import dev.lintel.sdk.Exposure;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;

/** What the quick start shows, one chapter after the other. */
final class Story {
    private static final int REQUESTS = 1000;

    private final PrintStream out;
    private final AuthorizationServer authorization;
    private final Gateway gateway;
    private final Path folder;

    Story(PrintStream out, AuthorizationServer authorization, Gateway gateway, Path folder) {
        this.out = out;
        this.authorization = authorization;
        this.gateway = gateway;
        this.folder = folder;
    }

    void tell() throws IOException {
        Exposure exposed = Api.expose("orders")
                .inNamespace("shop")
                .withOAuth2(oauth2(authorization.issuer().toString())
                        .audience("orders")
                        .scope("/orders/**", "orders.read"))
                .rewritePath("/orders/**", "/**");
        ApiDefinition today = exposed.split("v1", 90, "v2", 10).define();
        ApiDefinition tomorrow = exposed.split("v1", 50, "v2", 50).define();
        title("The definition");
        out.print(DefinitionFormat.yaml().write(today));
        inTheMesh(today);
        title("The plan for this JVM");
        Plan plan = gateway.plan(today);
        out.print(plan.render());
        gateway.apply(plan);
        requests(tomorrow);
    }

    private void inTheMesh(ApiDefinition definition) {
        title("The same definition for an Istio mesh");
        Mesh mesh = Mesh.of(istio().domain("example.com"), directory(folder.resolve("istio")));
        // What an earlier run wrote trusts an issuer that is gone.
        mesh.apply(mesh.plan());
        Plan plan = mesh.plan(definition);
        for (Change change : plan.changes()) {
            out.println("  " + change.object());
        }
        plan.deviations().forEach(deviation -> out.println("  " + deviation.describe()));
        mesh.apply(plan);
        out.println("  written to " + folder.resolve("istio"));
    }

    private void requests(ApiDefinition tomorrow) throws IOException {
        Secret secret = Secret.of("quick-start");
        authorization.client("shop-ui", secret, "orders.read");
        authorization.client("reports", secret, "reports.read");
        HttpClient http = HttpClient.newBuilder().proxy(gateway.proxySelector()).build();
        String issuer = authorization.issuer().toString();
        URI orders = gateway.uri("orders.shop").resolve("/orders");
        Tally tally = new Tally();
        try (Tokens shop = Tokens.of(ClientCredentials.of(issuer, "shop-ui", secret, "orders.read"));
                Tokens reports = Tokens.of(ClientCredentials.of(issuer, "reports", secret, "reports.read"));
                Callers callers = new Callers(http, gateway::stats, tally)) {
            callers.send("a good token", REQUESTS, orders, shop::authorize);
            long asked = authorization.tokenRequests();
            callers.send("no token", 50, orders, request -> request);
            callers.send("a forged token", 50, orders, request -> request.header("authorization", forged(shop)));
            callers.send("a token without the scope", 50, orders, reports::authorize);
            callers.send("an unknown path", 50, orders.resolve("/unknown"), shop::authorize);
            Plan half = gateway.plan(tomorrow);
            callers.sendWhile("while 50/50 is applied", orders, shop::authorize, () -> gateway.apply(half));
            callers.send("then a good token", REQUESTS, orders, shop::authorize);
            title("The plan that was applied while requests flowed");
            out.print(half.render());
            title("What came back");
            out.print(tally.render());
            out.println("token requests made: " + asked);
        }
        title("Why");
        RequestValue request = RequestValue.of("GET", orders.toString());
        Token token = Token.Verified.of(issuer, "shop-ui", "orders", "orders.read");
        out.print(gateway.explain(request.token(token)).render());
        title("The issuer goes away");
        new Outage(out, authorization, http, orders).tell();
    }

    /** The good token with another signature. */
    private static String forged(Tokens tokens) {
        String good = tokens.token().authorization();
        int signature = good.lastIndexOf('.') + 1;
        return good.substring(0, signature) + "A".repeat(good.length() - signature);
    }

    private void title(String text) {
        out.println();
        out.println("== " + text);
    }
}
