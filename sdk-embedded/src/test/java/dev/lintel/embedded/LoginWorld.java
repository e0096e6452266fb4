package dev.lintel.embedded;

import static dev.lintel.auth.Login.login;
import static dev.lintel.core.SecretRef.secretRef;

import dev.lintel.auth.Login;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.ClientRegistration;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A provider, a gateway, and an application that tells what it was told, with a login in front of it. */
final class LoginWorld implements AutoCloseable {
    static final SecretRef CLIENT = secretRef("shop", "web-login", "client-secret");
    static final SecretRef KEYS = secretRef("shop", "web-login", "cookie-keys");
    static final String COOKIE = "__Host-lintel";
    static final Secret SECRET = Secret.of("a client's secret that is told nobody");

    final VirtualClock clock = VirtualClock.of(Instant.parse("2026-11-26T12:00:00Z"));
    final Map<SecretRef, Secret> secrets = new ConcurrentHashMap<>();
    final AuthorizationServer provider;
    final Gateway gateway;
    private final HttpClient http;

    LoginWorld() {
        this(login -> login);
    }

    LoginWorld(UnaryOperator<Login> more) {
        secrets.put(CLIENT, SECRET);
        secrets.put(KEYS, key(1));
        provider = AuthorizationServer.start(s -> s.clock(clock)
                .accessTokenLifetime(Duration.ofMinutes(10))
                .refreshTokenLifetime(Duration.ofHours(2))
                .audience("web"));
        gateway = Gateway.start(s -> s.clock(clock).secrets(ref -> java.util.Optional.ofNullable(secrets.get(ref))));
        http = HttpClient.newBuilder().proxy(gateway.proxySelector()).build();
        provider.claims("alice", Map.of("email", "alice@shop.example", "groups", List.of("admins", "users")));
        provider.claims("bob", Map.of("email", "bob@shop.example", "groups", List.of("users")));
        provider.loginAs("alice");
        provider.client(ClientRegistration.of("web", SECRET)
                .grants("authorization_code", "refresh_token")
                .scopes("openid", "profile", "email")
                .redirectUris(root().resolve("/oauth2/callback"), other().resolve("/oauth2/callback"))
                .postLogoutRedirectUris(root())
                .backChannelLogoutUri(at("/oauth2/backchannel_logout"))
                .firstParty());
        expose(more);
    }

    Login said() {
        return login(provider.issuer().toString(), "web", CLIENT)
                .cookieKeys(KEYS)
                .scopes("profile", "email")
                .group("/admin/**", "admins")
                .deny("/internal/**")
                .publicPaths("/static/**");
    }

    void expose(UnaryOperator<Login> more) {
        Workload echo = Workload.function(request -> Reply.ok(told(request)));
        gateway.workload("orders.shop", echo);
        gateway.workload("other.shop", echo);
        gateway.apply(gateway.plan(
                        Said.orders().withLogin(more.apply(said())).define(),
                        Said.named("other").withLogin(said()).define())
                .allowWidening("a test"));
    }

    private static String told(FunctionRequest request) {
        return request.path() + "\n"
                + request.headers().entrySet().stream()
                        .filter(one -> one.getKey().startsWith("x-")
                                || one.getKey().equals("cookie")
                                || one.getKey().equals("authorization"))
                        .map(one -> one.getKey() + ": " + one.getValue())
                        .sorted()
                        .collect(Collectors.joining("\n"));
    }

    static Secret key(int number) {
        byte[] raw = new byte[32];
        raw[0] = (byte) number;
        return Secret.of(Base64.getEncoder().encodeToString(raw));
    }

    URI root() {
        return URI.create("http://orders.shop.localhost:" + gateway.port() + "/");
    }

    URI other() {
        return URI.create("http://other.shop.localhost:" + gateway.port() + "/");
    }

    URI at(String path) {
        return root().resolve(path);
    }

    Visitor visitor() {
        return new Visitor(http);
    }

    /** Somebody who has logged in, and is at the page where they wanted to go. */
    Visitor known(String user) {
        provider.loginAs(user);
        Visitor browser = visitor().open(at("/home")).follow();
        if (browser.status() != 200) {
            throw new AssertionError(user + " could not log in: " + browser.status() + " " + browser.body());
        }
        return browser;
    }

    @Override
    public void close() {
        gateway.close();
        provider.close();
    }
}
