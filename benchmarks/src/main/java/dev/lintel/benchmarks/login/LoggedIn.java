package dev.lintel.benchmarks.login;

import static dev.lintel.auth.Login.login;
import static dev.lintel.core.SecretRef.secretRef;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.Secrets;
import dev.lintel.embedded.Workload;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.ClientRegistration;
import dev.lintel.embedded.elsewhere.SecretReader;
import dev.lintel.embedded.login.ApiLogin;
import dev.lintel.embedded.login.Logins;
import dev.lintel.sdk.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Cookies of people who really have logged in, at a real provider through a gateway, and a login that knows their keys. */
final class LoggedIn {
    private static final SecretRef CLIENT = secretRef("shop", "web-login", "client-secret");
    private static final SecretRef KEYS = secretRef("shop", "web-login", "cookie-keys");
    private static final Secrets SECRETS = Secrets.of(Map.of(
            CLIENT,
            Secret.of("a client's secret of many letters"),
            KEYS,
            Secret.of(Base64.getEncoder().encodeToString(new byte[32]))));

    final ApiLogin login;
    final String host;
    final List<String> cookies;

    private LoggedIn(ApiLogin login, String host, List<String> cookies) {
        this.login = login;
        this.host = host;
        this.cookies = cookies;
    }

    /** So many logins, one after the other. */
    static LoggedIn people(int count) throws IOException, InterruptedException {
        try (AuthorizationServer provider =
                        AuthorizationServer.start(s -> s.accessTokenLifetime(Duration.ofHours(20)));
                Gateway gateway = Gateway.start(s -> s.secrets(SECRETS))) {
            ApiDefinition web = Api.expose("web")
                    .inNamespace("shop")
                    .withLogin(login(provider.issuer().toString(), "web", CLIENT)
                            .cookieKeys(KEYS)
                            .scopes("profile", "email")
                            .group("/admin/**", "admins")
                            .lifetime(Duration.ofHours(12))
                            .passAccessToken())
                    .define();
            gateway.workload("web.shop", Workload.function(request -> Reply.ok("ok")));
            gateway.apply(gateway.plan(web));
            URI root = URI.create("http://web.shop.localhost:" + gateway.port() + "/");
            provider.client(ClientRegistration.of("web", SECRETS.find(CLIENT).orElseThrow())
                    .grants("authorization_code", "refresh_token")
                    .scopes("openid", "profile", "email")
                    .redirectUris(root.resolve("/oauth2/callback"))
                    .firstParty());
            provider.claims(
                    "alice", Map.of("email", "alice@shop.example", "groups", List.of("admins", "staff", "users")));
            provider.loginAs("alice");
            HttpClient http =
                    HttpClient.newBuilder().proxy(gateway.proxySelector()).build();
            List<String> cookies = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                cookies.add(cookie(http, root));
            }
            var model = new ModelCompiler(Kinds.installed())
                    .compile(List.of(web), new World("localhost"))
                    .model();
            Logins logins = new Logins(new SecretReader(SECRETS::find), Runnable::run, InstantSource.system());
            ApiLogin known = logins.of(model.apis().get(0));
            if (known == null) {
                throw new IllegalStateException("there is a login");
            }
            return new LoggedIn(known, root.getAuthority(), cookies);
        }
    }

    private static String cookie(HttpClient http, URI root) throws IOException, InterruptedException {
        Map<String, String> kept = new LinkedHashMap<>();
        URI at = root;
        for (int i = 0; i < 3; i++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(at).header("Sec-Fetch-Mode", "navigate");
            if (!kept.isEmpty()) {
                request.header(
                        "Cookie",
                        kept.entrySet().stream()
                                .map(one -> one.getKey() + "=" + one.getValue())
                                .collect(Collectors.joining("; ")));
            }
            HttpResponse<Void> answer = http.send(request.build(), HttpResponse.BodyHandlers.discarding());
            for (String line : answer.headers().allValues("Set-Cookie")) {
                String pair = line.substring(0, line.indexOf(';'));
                String name = pair.substring(0, pair.indexOf('='));
                if (line.contains("Max-Age=0")) {
                    kept.remove(name);
                } else {
                    kept.put(name, pair.substring(name.length() + 1));
                }
            }
            at = at.resolve(answer.headers().firstValue("Location").orElseThrow());
        }
        return "theme=dark; __Host-lintel=" + kept.get("__Host-lintel") + "; language=en";
    }
}
