package dev.lintel.examples;

import static dev.lintel.auth.Login.login;
import static dev.lintel.auth.caller.Callers.callers;
import static dev.lintel.auth.opa.Opa.opa;
import static dev.lintel.core.SecretRef.secretRef;
import static dev.lintel.core.explain.Asked.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.IsolationDefinition;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.core.explain.Explained;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Secrets;
import dev.lintel.embedded.Workload;
import dev.lintel.sdk.Api;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the README says of who may call. */
class WhoMayCallTest {
    private static final SecretRef CLIENT = secretRef("shop", "web-login", "client-secret");
    private static final SecretRef KEYS = secretRef("shop", "web-login", "cookie-keys");

    private static ApiDefinition web() {
        return Api.expose("web")
                .inNamespace("shop")
                .withLogin(login("https://id.example", "web", CLIENT)
                        .cookieKeys(KEYS)
                        .scopes("profile", "email")
                        .group("/admin/**", "admins")
                        .publicPaths("/static/**")
                        .passAccessToken())
                .onlyFrom(callers("reports").at("/internal/**"))
                .withOpa(opa("http://127.0.0.1:8181").decision("shop/authz/allow"))
                .define();
    }

    private static IsolationDefinition boundary() {
        return Api.isolate("shop").allowFrom("monitoring").allowTo("identity").define();
    }

    private static Explained explained() {
        Secret key = Secret.of(Base64.getEncoder().encodeToString(new byte[32]));
        try (Gateway gateway =
                Gateway.start(s -> s.secrets(Secrets.of(Map.of(CLIENT, Secret.of("of a test"), KEYS, key))))) {
            gateway.workload("web.shop", Workload.at(URI.create("http://127.0.0.1:9")));
            gateway.apply(gateway.plan(List.of(web(), boundary())));
            return gateway.explain(get("/internal/figures").to("web.shop").from("pictures.shop"));
        }
    }

    @Test
    void isExplainedAsTheReadmeShows() throws IOException {
        String readme = Files.readString(Path.of("").toAbsolutePath().resolveSibling("README.md"));
        int start = readme.indexOf("GET web.shop/internal/figures");
        String shown = readme.substring(start, readme.indexOf("```", start));

        assertThat(withoutLines(explained().render())).isEqualTo(withoutLines(shown));
    }

    @Test
    void isDecidedByALineOfThisFile() {
        assertThat(explained().decidedAt().toString()).startsWith("WhoMayCallTest.java:");
    }

    private static String withoutLines(String text) {
        return text.replaceAll("\\w+\\.java:\\d+", "a line")
                .replaceAll(" +", " ")
                .strip();
    }
}
