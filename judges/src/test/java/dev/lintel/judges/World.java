package dev.lintel.judges;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What judges and the servers that they judge both know: who the clients and users are, and what they may ask for. */
public final class World {
    public static final String SECRET = "a secret that is long enough for everybody";
    public static final String REDIRECT = "https://app.example/callback";
    public static final String SCOPE = "orders.read";
    public static final String WIDER = "orders.write";
    public static final String AUDIENCE = "urn:example:orders";
    public static final String USER = "alice";
    public static final String TRUSTED_ISSUER = "https://issuer.example";
    public static final String INITIAL_ACCESS_TOKEN = "may-register-clients";

    private static final String TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

    private final ECKey key;

    public World() {
        try {
            key = new ECKeyGenerator(Curve.P_256)
                    .keyID("one")
                    .algorithm(JWSAlgorithm.ES256)
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What clients that authenticate with a key have, and the issuer that everybody trusts. */
    public ECKey key() {
        return key;
    }

    /** The key's public half as a JWKS. */
    public Map<String, Object> keys() {
        return Map.of("keys", List.of(key.toPublicJWK().toJSONObject()));
    }

    /** What a judge is told about a server; {@code more} has what is peculiar to it. */
    public Map<String, Object> told(URI issuer, Map<String, ?> more) {
        Map<String, Object> clients = new LinkedHashMap<>();
        clients.put("service", Map.of("id", "service", "secret", SECRET));
        clients.put("post", Map.of("id", "post", "secret", SECRET));
        clients.put("key", Map.of("id", "key", "jwk", key.toJSONObject(), "alg", "ES256"));
        clients.put("nonceService", Map.of("id", "nonce-service", "secret", SECRET));
        clients.put("web", Map.of("id", "web", "secret", SECRET, "redirect", REDIRECT));
        clients.put("app", Map.of("id", "app", "redirect", REDIRECT));
        clients.put("nonceApp", Map.of("id", "nonce-app", "redirect", REDIRECT));
        clients.put("pushed", Map.of("id", "pushed", "secret", SECRET, "redirect", REDIRECT));
        clients.put("device", Map.of("id", "device"));
        clients.put("exchange", Map.of("id", "exchange", "secret", SECRET));
        clients.put("signed", Map.of("id", "signed"));
        clients.put("alone", Map.of("id", "alone"));
        Map<String, Object> world = new LinkedHashMap<>();
        world.put("issuer", issuer.toString());
        world.put("clients", clients);
        world.put("scope", SCOPE);
        world.put("wider", WIDER);
        world.put("audience", AUDIENCE);
        world.put("subject", USER);
        world.put("trusted", Map.of("issuer", TRUSTED_ISSUER, "jwk", key.toJSONObject(), "alg", "ES256"));
        world.put("initialAccessToken", INITIAL_ACCESS_TOKEN);
        world.putAll(more);
        return world;
    }

    /** The same, as oidc-provider is told about its clients. */
    public Map<String, Object> provider() {
        List<Map<String, Object>> clients = List.of(
                service("service", Map.of()),
                service("post", Map.of("token_endpoint_auth_method", "client_secret_post")),
                with(
                        client("key", List.of("client_credentials")),
                        Map.of("token_endpoint_auth_method", "private_key_jwt", "jwks", keys())),
                service("nonce-service", Map.of("dpop_bound_access_tokens", true)),
                code("web", Map.of("client_secret", SECRET)),
                code("app", Map.of("token_endpoint_auth_method", "none")),
                code("nonce-app", Map.of("token_endpoint_auth_method", "none", "dpop_bound_access_tokens", true)),
                code("pushed", Map.of("client_secret", SECRET, "require_pushed_authorization_requests", true)),
                with(client("device", List.of(DEVICE, "refresh_token")), Map.of("token_endpoint_auth_method", "none")),
                with(client("exchange", List.of(TOKEN_EXCHANGE, JWT_BEARER)), Map.of("client_secret", SECRET)));
        return Map.of(
                "clients",
                clients,
                "resources",
                Map.of(AUDIENCE, SCOPE + " " + WIDER),
                "trusted",
                Map.of(TRUSTED_ISSUER, keys()),
                "initialAccessToken",
                INITIAL_ACCESS_TOKEN);
    }

    /**
     * The same for a provider that speaks TLS, with clients that prove themselves with certificates. Where it asks for those of
     * an authority, a JVM shows no other.
     */
    public Map<String, Object> provider(Identities identities, boolean asksForAuthority) {
        Map<String, Object> bound = Map.of("tls_client_certificate_bound_access_tokens", true);
        List<Map<String, Object>> clients = List.of(
                with(
                        with(client("signed", List.of("client_credentials")), bound),
                        Map.of(
                                "token_endpoint_auth_method", "tls_client_auth",
                                "tls_client_auth_subject_dn", "CN=signed")),
                with(
                        with(client("alone", List.of("client_credentials")), bound),
                        Map.of(
                                "token_endpoint_auth_method",
                                "self_signed_tls_client_auth",
                                "jwks",
                                identities.keys("alone"))));
        return Map.of(
                "clients",
                clients,
                "resources",
                Map.of(AUDIENCE, SCOPE + " " + WIDER),
                "tls",
                with(
                        Map.of("key", identities.key("server"), "cert", identities.pem("server")),
                        asksForAuthority ? Map.of("ca", identities.pem("ca")) : Map.of()));
    }

    private static Map<String, Object> service(String id, Map<String, ?> more) {
        return with(with(client(id, List.of("client_credentials")), Map.of("client_secret", SECRET)), more);
    }

    private static Map<String, Object> code(String id, Map<String, ?> more) {
        return with(
                client(id, List.of("authorization_code", "refresh_token")),
                with(
                        Map.of(
                                "redirect_uris",
                                List.of(REDIRECT, "http://127.0.0.1/callback"),
                                "response_types",
                                List.of("code"),
                                "application_type",
                                "native"),
                        more));
    }

    private static Map<String, Object> client(String id, List<String> grants) {
        return Map.of(
                "client_id",
                id,
                "grant_types",
                grants,
                "redirect_uris",
                List.of(),
                "response_types",
                List.of(),
                "scope",
                "openid " + SCOPE + " " + WIDER);
    }

    private static Map<String, Object> with(Map<String, ?> some, Map<String, ?> more) {
        Map<String, Object> all = new LinkedHashMap<>(some);
        all.putAll(more);
        return all;
    }
}
