package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.core.Secret;
import dev.lintel.embedded.log.LogWatch;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A secret that every flow gets to see, and that must not be seen anywhere else. */
class SecretsStaySecretTest {
    private static final String CANARY = "c4n4ry-7f3e9a";
    private static final String GRANT = "grant_type=client_credentials";

    @Test
    void noFlowLeaksASecretOrAToken() {
        List<String> seen = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        try (LogWatch logs = LogWatch.open()) {
            useEverything(seen, tokens);
            assertThat(logs.lines()).anyMatch(line -> line.contains("outcome=issued"));
            seen.addAll(logs.lines());
        }
        assertThat(seen).hasSizeGreaterThan(30).noneMatch(line -> line.contains(CANARY));
        for (String token : tokens) {
            String signature = token.substring(token.lastIndexOf('.'));
            assertThat(seen).noneMatch(line -> line.contains(signature));
        }
    }

    /** What a server makes itself must not be seen either: codes, tokens, nonces, and what clients sign. */
    @Test
    void noFlowLeaksWhatTheServerOrItsClientsMake() {
        List<String> seen = new ArrayList<>();
        List<String> made = new ArrayList<>();
        try (LogWatch logs = LogWatch.open();
                Office office = new Office(s -> s.proofNonces(ProofNoncePolicy.OPTIONAL, Duration.ofMinutes(1))
                        .registrations(Registrations.withToken(Secret.of(CANARY))))) {
            useAllGrants(office, seen, made);
            assertThat(logs.lines()).anyMatch(line -> line.contains("endpoint=/introspect"));
            seen.addAll(logs.lines());
        }
        assertThat(made).hasSizeGreaterThan(15);
        assertThat(seen).hasSizeGreaterThan(30).noneMatch(line -> line.contains(CANARY));
        for (String secret : made) {
            String tail = secret.substring(secret.lastIndexOf('.') + 1);
            assertThat(seen).noneMatch(line -> line.contains(tail));
        }
    }

    private static void useAllGrants(Office office, List<String> seen, List<String> made) {
        Signer signer = Signer.es256();
        ClientRegistration shop = ClientRegistration.of("shop", Secret.of(CANARY))
                .scopes("openid", "orders.read")
                .opaqueTokens()
                .grants(Office.USER_GRANTS)
                .redirectUris(URI.create(Office.CALLBACK));
        office.server.client(shop);
        office.server.client(Office.orders());
        office.server.client(Office.app("app"));
        office.server.client(ClientRegistration.privateKeyJwt("signing", signer.jwks()));
        String issuer = office.server.issuer().toString();
        String proof = signer.proof("POST", issuer + "/token", office.clock.instant());
        String assertion = signer.sign("JWT", Signer.assertion("signing", "signing", issuer, office.clock.instant()));
        String code = office.code("shop");
        made.addAll(List.of(proof, assertion, code));

        String[] proven = {"Authorization", Caller.basic("shop", CANARY), "DPoP", proof};
        var first = office.caller.form(Office.redeem(code), proven);
        String refresh = note(first, made).get("refresh_token").textValue();
        made.add(first.headers().firstValue("DPoP-Nonce").orElseThrow());
        seen.add(office.caller.form(Office.redeem(code), proven).body());
        note(office.caller.token("shop", CANARY, Office.refresh(refresh)), made);
        seen.add(office.caller.token("shop", CANARY, Office.refresh(refresh)).body());
        seen.add(office.caller.token("shop", CANARY, Office.redeem(code)).body());

        String prove = Office.form(
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                ClientAuthentication.ASSERTION,
                "client_assertion",
                assertion);
        note(office.caller.form(prove), made);
        seen.add(office.caller.form(prove).body());
        seen.add(office.caller.form(prove.replace("eyJ", "eyK")).body());

        var device = office.post("/device_authorization", "client_id=app&scope=orders.read");
        String deviceCode = note(device, made).get("device_code").textValue();
        seen.add(office.caller
                .form(Office.form("grant_type", GrantTypes.DEVICE_CODE, "client_id", "app", "device_code", deviceCode))
                .body());

        String user = office.server.issue("alice", "orders", "orders.read");
        made.add(user);
        String exchange = Office.form(
                "grant_type",
                GrantTypes.TOKEN_EXCHANGE,
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:access_token",
                "subject_token",
                user);
        note(office.caller.token("orders-service", "s3cret", exchange), made);
        seen.add(office.caller.token("orders-service", "s3cret", exchange + "x").body());
        var said = office.introspect(user);
        assertThat(said.get("active").booleanValue()).isTrue();
        seen.add(office.post("/revoke", Office.form("token", user), "Authorization", Caller.basic("shop", CANARY))
                .body());

        String json = "{\"grant_types\":[\"client_credentials\"]}";
        String[] open = {"Content-Type", "application/json", "Authorization", "Bearer " + CANARY};
        var registered = note(office.caller.send("POST", "/register", json, open), made);
        String uri = registered.get("registration_client_uri").textValue();
        seen.add(office.caller
                .send("GET", uri.substring(issuer.length()), "", open)
                .body());
        open[3] = "Bearer x" + CANARY;
        seen.add(office.caller.send("POST", "/register", json, open).body());
        seen.add(office.server.requests().toString());
        seen.add(office.server.journal().toString());
        seen.add(shop.toString());
        seen.add(Registrations.withToken(Secret.of(CANARY)).toString());
        seen.add(AuthorizationSettings.defaults().tls(CANARY, Secret.of(CANARY)).toString());
    }

    /** Notes everything secret in an answer, which must be a good one. */
    private static JsonNode note(HttpResponse<String> answer, List<String> made) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        JsonNode json = Caller.json(answer.body());
        for (String name : List.of(
                "access_token",
                "refresh_token",
                "id_token",
                "device_code",
                "user_code",
                "client_secret",
                "registration_access_token")) {
            if (json.has(name)) {
                made.add(json.get(name).textValue());
            }
        }
        return json;
    }

    private static void useEverything(List<String> seen, List<String> tokens) {
        try (AuthorizationServer id = AuthorizationServer.start(s -> s.signingAlgorithm(SigningAlgorithm.ES256))) {
            ClientRegistration registration =
                    ClientRegistration.of("shop", Secret.of(CANARY)).scopes("orders.read");
            id.client(registration);
            Caller caller = new Caller(id);
            tokens.add(id.issue("alice", "orders"));
            tokens.add(caller.accessToken("shop", CANARY, GRANT));

            String post = "&client_id=shop&client_secret=" + CANARY;
            seen.add(caller.token("shop", CANARY + "x", GRANT).body());
            seen.add(caller.token(CANARY, "shop", GRANT).body());
            seen.add(caller.form(GRANT, "Authorization", "Bearer " + CANARY).body());
            seen.add(caller.form(GRANT, "Authorization", "Basic " + CANARY).body());
            seen.add(caller.form(GRANT + post + post).body());
            seen.add(caller.form(GRANT + post + "%").body());
            seen.add(caller.form("grant_type=" + CANARY + post).body());
            seen.add(caller.form(GRANT + post + "&resource=" + CANARY).body());
            seen.add(caller.form(GRANT + post + "&audience=" + CANARY).body());
            seen.add(caller.form(CANARY + "=" + CANARY).body());
            seen.add(caller.send("POST", "/token?client_secret=" + CANARY, GRANT + post)
                    .body());
            seen.add(caller.send("POST", "/token", GRANT + post, "Content-Type", "text/plain")
                    .body());
            seen.add(caller.send("PUT", "/token?client_secret=" + CANARY, GRANT + post)
                    .body());
            seen.add(caller.send("GET", "/?secret=" + CANARY, "", "Authorization", "Bearer " + CANARY)
                    .body());
            try (Wire wire = new Wire(id.issuer())) {
                seen.add(wire.send("POST /token HTTP/1.1\r\nHost: id\r\nAuthor" + (char) 1 + ": " + CANARY + "\r\n\r\n")
                        .rest());
            }
            try (Wire wire = new Wire(id.issuer())) {
                seen.add(wire.send("POST /token HTTP/1.1\r\nHost: id\r\nContent-Length: 70000\r\n\r\n"
                                + CANARY.repeat(5_000))
                        .rest());
            }
            seen.add(registration.toString());
            seen.add(id.toString());
            seen.add(id.journal().toString());
            id.rotateKeys();
        }
    }
}
