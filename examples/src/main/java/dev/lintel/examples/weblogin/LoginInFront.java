package dev.lintel.examples.weblogin;

import static dev.lintel.auth.Login.login;
import static dev.lintel.core.SecretRef.secretRef;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Secrets;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.ClientRegistration;
import dev.lintel.sdk.Api;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A login in front of a foreign web application: who may see it, and who may see its administration, is said here; the
 * application learns its user from the gateway.
 *
 * <p>{@code mvn -q compile exec:java -Dexec.mainClass=dev.lintel.examples.weblogin.LoginInFront} says where to point a browser,
 * and runs until it is stopped.
 */
public final class LoginInFront implements AutoCloseable {
    /** The password of an example that ends with this process. */
    static final Secret PASSWORD = Secret.of("wonderland");

    private static final SecretRef CLIENT = secretRef("shop", "web-login", "client-secret");
    private static final SecretRef KEYS = secretRef("shop", "web-login", "cookie-keys");

    private final AuthorizationServer authorization = AuthorizationServer.start();
    private final ForeignApplication application = ForeignApplication.start();
    private final Gateway gateway;

    private LoginInFront() {
        Secret secret = Secret.of(random());
        gateway = Gateway.start(s -> s.secrets(Secrets.of(Map.of(CLIENT, secret, KEYS, Secret.of(random())))));
        gateway.workload("web.shop", application.uri());
        gateway.apply(gateway.plan(definition(authorization.issuer().toString())));
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
    static ApiDefinition definition(String issuer) {
        return Api.expose("web")
                .inNamespace("shop")
                .withLogin(login(issuer, "web", CLIENT)
                        .cookieKeys(KEYS)
                        .scopes("profile", "email")
                        .group("/admin/**", "admins")
                        .publicPaths("/static/**"))
                .define();
    }

    static LoginInFront start() {
        return new LoginInFront();
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
     * @param args none
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (LoginInFront example = start()) {
            out.println("Point a browser at " + example.uri() + " and log in as 'alice' or 'bob' with '"
                    + PASSWORD.reveal() + "'. Ctrl-C ends it.");
            Thread.currentThread().join();
        }
    }

    @Override
    public void close() {
        gateway.close();
        application.close();
        authorization.close();
    }
}
