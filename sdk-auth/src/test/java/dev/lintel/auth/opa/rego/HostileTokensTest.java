package dev.lintel.auth.opa.rego;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens that must not be believed, before a real OPA with the generated policy; each has the status of the gateway. */
class HostileTokensTest {
    private static final Tokens TOKENS = new Tokens();
    /** OPA goes by the machine's time, so the tokens must. */
    private final long now = Instant.now().getEpochSecond();

    private static final String ANY = "/any";
    private static final String HEALTH = "/health";
    private static final String INVOICE = "/orders/1/invoice";

    private static RealOpa opa;

    @BeforeAll
    static void start() {
        opa = RealOpa.start();
        opa.policy("authz", Rego.of(Models.hostile()).module());
        opa.data("envoy/authz/jwks", "{\"" + Models.ISSUER + "\":" + TOKENS.jwks() + "}");
    }

    @AfterAll
    static void stop() {
        if (opa != null) {
            opa.close();
        }
    }

    private Map<String, Object> good() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", Models.ISSUER);
        claims.put("sub", "alice");
        claims.put("aud", "orders");
        claims.put("exp", now + 3600);
        return claims;
    }

    private Map<String, Object> with(String name, Object value) {
        Map<String, Object> claims = good();
        claims.put(name, value);
        return claims;
    }

    private static Map<String, Object> header(Object... more) {
        Map<String, Object> header = new LinkedHashMap<>(Map.of("alg", "ES256", "kid", "one"));
        for (int i = 0; i < more.length; i += 2) {
            header.put((String) more[i], more[i + 1]);
        }
        return header;
    }

    private static String signed(Map<String, Object> header, Map<String, Object> claims, JWSSigner signer) {
        try {
            JWSAlgorithm algorithm = signer instanceof MACSigner ? JWSAlgorithm.HS256 : JWSAlgorithm.ES256;
            Base64URL first = Base64URL.encode(JSONObjectUtils.toJSONString(header));
            Base64URL second = Base64URL.encode(JSONObjectUtils.toJSONString(claims));
            byte[] input = (first + "." + second).getBytes(StandardCharsets.US_ASCII);
            return first + "." + second + "." + signer.sign(new JWSHeader(algorithm), input);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(Map<String, Object> header, Map<String, Object> claims) throws JOSEException {
        return signed(header, claims, new ECDSASigner(TOKENS.key()));
    }

    private static int status(String authorization, String path) {
        return status(authorization, path, "envoy/authz/allow");
    }

    private static int status(String authorization, String path, String decision) {
        Map<String, Object> headers = authorization == null ? Map.of() : Map.of("authorization", authorization);
        Map<?, ?> result = (Map<?, ?>) opa.ask(
                decision,
                Map.of(
                        "attributes",
                        Map.of(
                                "request",
                                Map.of(
                                        "http",
                                        Map.of(
                                                "method",
                                                "GET",
                                                "host",
                                                "hostile.example",
                                                "path",
                                                path,
                                                "headers",
                                                headers)))));
        return Boolean.TRUE.equals(result.get("allowed")) ? 200 : ((Number) result.get("http_status")).intValue();
    }

    /** A path where any good token will do. */
    private static int status(String token) {
        return status("Bearer " + token, ANY);
    }

    @Test
    void goodOnesAreBelieved() throws JOSEException {
        assertThat(status(signed(header(), good()))).isEqualTo(200);
        assertThat(status(signed(header("typ", "AT+JWT"), good()))).isEqualTo(200);
        assertThat(status("bearer " + signed(header(), good()), ANY)).isEqualTo(200);
        assertThat(status(signed(header(), with("exp", now - 30))))
                .as("clocks differ")
                .isEqualTo(200);
        assertThat(status(signed(header(), with("aud", List.of("x", "all"))))).isEqualTo(200);
        assertThat(status(signed(header(), with("nbf", null)))).isEqualTo(200);
    }

    @Test
    void badOnesAreNot() throws Exception {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("expired", signed(header(), with("exp", now - 90)));
        bad.put("no exp", signed(header(), with("exp", null)));
        bad.put("exp as text", signed(header(), with("exp", "" + (now + 3600))));
        bad.put("exp in milliseconds", signed(header(), with("exp", now * 1_000_000)));
        bad.put("not yet", signed(header(), with("nbf", now + 90)));
        bad.put("issued in the future", signed(header(), with("iat", now + 90)));
        bad.put("issued after it expired", signed(header(), with("iat", now + 3601)));
        bad.put("no issuer", signed(header(), with("iss", null)));
        bad.put("another issuer", signed(header(), with("iss", "https://evil.example")));
        bad.put("issuer with a slash", signed(header(), with("iss", Models.ISSUER + "/")));
        bad.put("another audience", signed(header(), with("aud", "billing")));
        bad.put("no audience", signed(header(), with("aud", null)));
        bad.put("audience as number", signed(header(), with("aud", 7)));
        bad.put("ID token", signed(header(), with("at_hash", "x")));
        bad.put("subject as list", signed(header(), with("sub", List.of("alice"))));
        bad.put("scope as number", signed(header(), with("scope", 7)));
        bad.put("extension", signed(header("crit", List.of("exp")), good()));
        bad.put("not encoded", signed(header("b64", false), good()));
        bad.put("type", signed(header("typ", "logout+jwt"), good()));
        bad.put("nested", signed(header("cty", "JWT"), good()));
        bad.put("algorithm none", signed(header("alg", "none"), good()));
        bad.put("algorithm in lower case", signed(header("alg", "es256"), good()));
        bad.put("another algorithm", signed(header("alg", "RS256"), good()));
        bad.put("algorithm not accepted", signed(header("alg", "ES384"), good()));
        bad.put(
                "by the public key as secret",
                signed(
                        header("alg", "HS256"),
                        good(),
                        new MACSigner(TOKENS.jwks().getBytes(StandardCharsets.UTF_8))));
        bad.put("by another key", signed(header(), good(), new ECDSASigner(new Tokens().key())));
        String whole = signed(header(), good());
        bad.put("no signature", whole.substring(0, whole.lastIndexOf('.') + 1));
        bad.put("two parts", whole.substring(0, whole.lastIndexOf('.')));
        bad.put("four parts", whole + ".x");
        bad.put("padding", whole + "=");
        bad.put("garbage", "garbage");
        bad.put("two tokens", whole + " " + whole);
        bad.put("a list", whole + "," + whole);
        bad.put("too long", signed(header(), with("x", "x".repeat(20_000))));
        String other = signed(header(), with("sub", "mallory"));
        bad.put("claims of another", whole.replace(whole.split("\\.")[1], other.split("\\.")[1]));

        bad.forEach((what, token) -> assertThat(status(token)).as(what).isEqualTo(401));
    }

    @Test
    void withoutAnIssuersKeysNothingIsBelieved() throws JOSEException {
        assertThat(status(signed(header(), with("iss", Models.OTHER)))).isEqualTo(503);
    }

    @Test
    void otherSchemesAreNoTokens() throws JOSEException {
        assertThat(status(null, ANY)).isEqualTo(401);
        assertThat(status("Basic x", HEALTH)).isEqualTo(200);
        assertThat(status("Bearer", HEALTH)).isEqualTo(401);
        assertThat(status("Bearer garbage", HEALTH)).isEqualTo(401);
        assertThat(status("Bearer  " + signed(header(), good()), HEALTH)).isEqualTo(401);
    }

    @Test
    void valuesAreComparedAsText() throws JOSEException {
        assertThat(status("Bearer " + signed(header(), claims("acme", 7)), INVOICE))
                .isEqualTo(200);
        assertThat(status("Bearer " + signed(header(), claims(List.of("x", "beta"), 7.0)), INVOICE))
                .isEqualTo(200);
        assertThat(status("Bearer " + signed(header(), claims("acme", "7")), INVOICE))
                .isEqualTo(200);
        assertThat(status("Bearer " + signed(header(), claims("acme", 70)), INVOICE))
                .isEqualTo(403);
        assertThat(status("Bearer " + signed(header(), claims("Acme", 7)), INVOICE))
                .isEqualTo(403);
        assertThat(status("Bearer " + signed(header(), claims(Map.of("acme", 1), 7)), INVOICE))
                .isEqualTo(403);
        assertThat(status("Bearer " + signed(header(), claims(List.of(List.of("acme")), 7)), INVOICE))
                .isEqualTo(403);
    }

    private Map<String, Object> claims(Object tenant, Object level) {
        Map<String, Object> claims = with("tenant", tenant);
        claims.put("level", level);
        return claims;
    }

    @Test
    void whereSomebodyElseVerifiesTheSignatureIsNotLookedAt() throws JOSEException {
        opa.policy(
                "decoded",
                Rego.of(Models.hostile()).inPackage("decoded").decodedOnly().module());
        String forged = signed(header(), good(), new ECDSASigner(new Tokens().key()));

        assertThat(status("Bearer " + forged, ANY, "decoded/allow")).isEqualTo(200);
        assertThat(status("Bearer " + forged, ANY, "envoy/authz/allow")).isEqualTo(401);
    }
}
