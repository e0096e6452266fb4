package dev.lintel.judges.server;

import static dev.lintel.embedded.authorization.GrantTypes.AUTHORIZATION_CODE;
import static dev.lintel.embedded.authorization.GrantTypes.DEVICE_CODE;
import static dev.lintel.embedded.authorization.GrantTypes.JWT_BEARER;
import static dev.lintel.embedded.authorization.GrantTypes.REFRESH_TOKEN;
import static dev.lintel.embedded.authorization.GrantTypes.TOKEN_EXCHANGE;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.AssertionIssuer;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.AuthorizationSettings;
import dev.lintel.embedded.authorization.ClientRegistration;
import dev.lintel.embedded.authorization.Registrations;
import dev.lintel.judges.Identities;
import dev.lintel.judges.World;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Our server with the clients and the user that judges know. */
final class Ours {
    private static final String PASSWORD = "wonderland-1";
    private static final URI REDIRECT = URI.create(World.REDIRECT);
    private static final int FEW_ROUNDS = 1_000;

    private Ours() {}

    /** What is peculiar to it: the fields of its pages, and how audiences are asked for. */
    static Map<String, Object> peculiar() {
        return Map.of(
                "user", Map.of("username", World.USER, "password", PASSWORD),
                "refusing", Map.of("username", World.USER, "password", PASSWORD, "action", "deny"),
                "asking", Map.of("resource", World.AUDIENCE),
                "exchanging", Map.of("audience", World.AUDIENCE));
    }

    static AuthorizationServer start(World world, UnaryOperator<AuthorizationSettings> more) {
        String keys = JSONObjectUtils.toJSONString(world.keys());
        AuthorizationServer server = AuthorizationServer.start(more.apply(AuthorizationSettings.defaults()
                .audience(World.AUDIENCE)
                .login(login -> login.passwordRounds(FEW_ROUNDS))
                .deviceCodes(Duration.ofMinutes(5), Duration.ofSeconds(1))
                .trustedIssuers(AssertionIssuer.of(World.TRUSTED_ISSUER, keys).scopes(World.SCOPE, World.WIDER))
                .registrations(Registrations.withToken(Secret.of(World.INITIAL_ACCESS_TOKEN))
                        .scopes(World.SCOPE, World.WIDER))));
        server.user(World.USER, Secret.of(PASSWORD));
        server.client(service("service").serves(World.AUDIENCE));
        server.client(service("post"));
        server.client(ClientRegistration.privateKeyJwt("key", keys).scopes(World.SCOPE, World.WIDER));
        server.client(service("nonce-service").proofNeeded());
        server.client(web("web"));
        server.client(web("pushed"));
        server.client(app("app"));
        server.client(app("nonce-app").proofNeeded());
        server.client(ClientRegistration.publicClient("device")
                .grants(DEVICE_CODE, REFRESH_TOKEN)
                .scopes(World.SCOPE, World.WIDER));
        server.client(service("exchange").grants(TOKEN_EXCHANGE, JWT_BEARER).serves(World.AUDIENCE));
        return server;
    }

    /** The same with TLS, and clients that show certificates. */
    static AuthorizationServer start(World world, Identities identities) {
        AuthorizationServer server = start(
                world,
                settings -> settings.tls(identities.pem("server"), Secret.of(identities.key("server")))
                        .clientAuthorities(identities.pem("ca")));
        server.client(ClientRegistration.tls("signed", "CN=signed")
                .scopes(World.SCOPE, World.WIDER)
                .certificateBound());
        server.client(ClientRegistration.selfSignedTls("alone", identities.certificate("alone"))
                .scopes(World.SCOPE, World.WIDER)
                .certificateBound());
        return server;
    }

    private static ClientRegistration service(String id) {
        return ClientRegistration.of(id, Secret.of(World.SECRET)).scopes(World.SCOPE, World.WIDER);
    }

    private static ClientRegistration web(String id) {
        return service(id)
                .scopes("openid", World.SCOPE, World.WIDER)
                .grants(AUTHORIZATION_CODE, REFRESH_TOKEN)
                .redirectUris(REDIRECT);
    }

    private static ClientRegistration app(String id) {
        return ClientRegistration.publicClient(id, REDIRECT).scopes("openid", World.SCOPE, World.WIDER);
    }
}
