package dev.lintel.examples.weblogin;

import static dev.lintel.auth.Login.login;
import static dev.lintel.auth.caller.Callers.callers;
import static dev.lintel.auth.opa.Opa.opa;
import static dev.lintel.core.SecretRef.secretRef;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.GatewayIdentity;
import dev.lintel.embedded.Secrets;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.ClientRegistration;
import dev.lintel.examples.opa.OpaProcess;
import dev.lintel.sdk.Api;
import dev.lintel.sdk.Exposure;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A login in front of a foreign web application: who may see it, and who may see its administration, is said here; the
 * application learns its user from the gateway. What it does for another workload is for that workload alone, and which orders
 * are whose is decided by OPA.
 *
 * <p>{@code mvn -q compile exec:java -Dexec.mainClass=dev.lintel.examples.weblogin.LoginInFront} says where to point a browser,
 * and runs until it is stopped. {@code -Dexec.args=/path/to/opa} adds OPA; without it everybody sees all orders.
 */
public final class LoginInFront implements AutoCloseable {
    /** The password of an example that ends with this process. */
    static final Secret PASSWORD = Secret.of("wonderland");

    private static final SecretRef CLIENT = secretRef("shop", "web-login", "client-secret");
    private static final SecretRef KEYS = secretRef("shop", "web-login", "cookie-keys");

    private final AuthorizationServer authorization = AuthorizationServer.start();
    private final ForeignApplication application = ForeignApplication.start();
    private final Gateway gateway;

    private LoginInFront(@Nullable URI opa) {
        Secret secret = Secret.of(random());
        gateway = Gateway.start(s -> s.secrets(Secrets.of(Map.of(CLIENT, secret, KEYS, Secret.of(random())))));
        gateway.workload("web.shop", application.uri());
        gateway.apply(gateway.plan(definition(authorization.issuer().toString(), opa)));
        authorization.user("alice", PASSWORD);
        authorization.claims("alice", Map.of("email", "alice@shop.example", "groups", List.of("admins", "staff")));
        authorization.user("bob", PASSWORD);
        authorization.claims("bob", Map.of("email", "bob@shop.example", "groups", List.of("staff")));
        authorization.client(ClientRegistration.of("web", secret)
                .name("The shop")
                .grants("authorization_code", "refresh_token")
                .scopes("openid", "profile", "email")
                .redirectUris(uri().resolve("/oauth2/callback"))
                .postLogoutRedirectUris(uri())
                .backChannelLogoutUri(uri().resolve("/oauth2/backchannel_logout"))
                .firstParty());
    }

    /** What is said. */
    static ApiDefinition definition(String issuer, @Nullable URI opa) {
        Exposure web = Api.expose("web")
                .inNamespace("shop")
                .withLogin(login(issuer, "web", CLIENT)
                        .cookieKeys(KEYS)
                        .scopes("profile", "email")
                        .group("/admin/**", "admins")
                        .publicPaths("/static/**"))
                .onlyFrom(callers("reports").at("/internal/**"));
        return opa == null
                ? web.define()
                : web.withOpa(opa(opa.toString()).decision("shop/authz/allow")).define();
    }

    /**
     * Starts everything but OPA.
     *
     * @param opa where an OPA with {@code shop.rego} listens; null to do without
     */
    static LoginInFront start(@Nullable URI opa) {
        return new LoginInFront(opa);
    }

    /** Writes the policy of OPA to a file. */
    static Path policy(Path folder) throws IOException {
        Path file = folder.resolve("shop.rego");
        try (InputStream source =
                Objects.requireNonNull(LoginInFront.class.getResourceAsStream("shop.rego"), "shop.rego")) {
            Files.write(file, source.readAllBytes());
        }
        return file;
    }

    /** What the application answers to another workload, which shows by its certificate who it is. */
    HttpResponse<String> figures(String workload) throws IOException, InterruptedException {
        GatewayIdentity identity = gateway.identity(workload);
        URI uri = identity.uri("web.shop").resolve("/internal/figures");
        return identity.httpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    /** Where a browser finds the application. */
    URI uri() {
        return URI.create("http://web.shop.localhost:" + gateway.port() + "/");
    }

    /** A key of 32 bytes; where several gateways share sessions, one that they all have. */
    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Runs the example.
     *
     * @param args where the program {@code opa} is, if it is to be asked
     * @throws Exception if something cannot be started
     */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder = Files.createTempDirectory("lintel-web");
        OpaProcess opa = args.length == 0
                ? null
                : OpaProcess.start(args[0], policy(folder).toString());
        LoginInFront example = start(opa == null ? null : opa.uri());
        // However it is stopped, nothing that it started goes on.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            example.close();
            if (opa != null) {
                opa.close();
            }
        }));
        out.println("reports.shop asks for figures: "
                + example.figures("reports.shop").statusCode());
        out.println("pictures.shop asks for figures: "
                + example.figures("pictures.shop").statusCode());
        out.println("Point a browser at " + example.uri() + " and log in as 'alice' or 'bob' with '" + PASSWORD.reveal()
                + "'. Ctrl-C ends it.");
        Thread.currentThread().join();
    }

    @Override
    public void close() {
        gateway.close();
        application.close();
        authorization.close();
    }
}
