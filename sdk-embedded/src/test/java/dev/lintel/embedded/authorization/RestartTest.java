package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.core.Secret;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that keeps its state in a file, stopped and started again. */
class RestartTest {
    private static final URI ISSUER = URI.create("https://id.example");

    @TempDir
    private Path folder;

    private Path file;
    private final Signer signer = Signer.es256();

    @BeforeEach
    void name() {
        file = folder.resolve("server.json");
    }

    private Office start() {
        Office office = new Office(s -> s.issuer(ISSUER)
                .persistIn(file)
                .registrations(Registrations.open().scopes("orders.read")));
        return office;
    }

    private static final class Behind implements AutoCloseable {
        final Office office;
        final Caller caller;

        Behind(Office office) {
            this.office = office;
            this.caller = new Caller(
                    URI.create("http://127.0.0.1:" + office.server.address().getPort()));
        }

        @Override
        public void close() {
            office.close();
        }
    }

    private Behind run() {
        return new Behind(start());
    }

    private static void register(Behind run, Signer signer) {
        run.office.server.client(Office.shop("shop")
                .accessTokenLifetime(Duration.ofHours(1))
                .grants(GrantTypes.AUTHORIZATION_CODE, GrantTypes.REFRESH_TOKEN, GrantTypes.CLIENT_CREDENTIALS));
        run.office.server.client(Office.shop("opaque").opaqueTokens());
        run.office.server.client(Office.orders());
        run.office.server.client(ClientRegistration.privateKeyJwt("signing", signer.jwks()));
        run.office.server.client(ClientRegistration.selfSignedTls("tls", Papers.selfSigned("CN=tls").certificate));
    }

    private static JsonNode tokens(Behind run, String client) {
        String location = run.caller
                .get("/authorize?"
                        + Office.form(
                                "response_type",
                                "code",
                                "client_id",
                                client,
                                "redirect_uri",
                                Office.CALLBACK,
                                "scope",
                                "orders.read",
                                "code_challenge",
                                Office.CHALLENGE,
                                "code_challenge_method",
                                "S256"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return Office.good(
                run.caller.token(client, "s3cret", Office.redeem(location.replaceAll(".*[?&]code=([^&]*).*", "$1"))));
    }

    private static JsonNode introspect(Behind run, JsonNode tokens) {
        return Office.good(run.caller.send(
                "POST",
                "/introspect",
                Office.form("token", tokens.get("access_token").textValue()),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                Caller.basic("orders-service", "s3cret")));
    }

    private static String refresh(JsonNode tokens) {
        return Office.refresh(tokens.get("refresh_token").textValue());
    }

    @Test
    void tokensOutliveTheServer() {
        JsonNode jwt;
        JsonNode opaque;
        JsonNode used;
        String keys;
        try (Behind run = run()) {
            register(run, signer);
            jwt = tokens(run, "shop");
            opaque = tokens(run, "opaque");
            used = tokens(run, "shop");
            Office.good(run.caller.token("shop", "s3cret", refresh(used)));
            keys = run.caller.get("/jwks").body();
        }
        try (Behind run = run()) {
            assertThat(run.caller.get("/jwks").body()).isEqualTo(keys);
            assertThat(introspect(run, jwt).get("sub").textValue()).isEqualTo("alice");
            assertThat(introspect(run, opaque).get("sub").textValue()).isEqualTo("alice");
            JsonNode next = Office.good(run.caller.token("shop", "s3cret", refresh(jwt)));
            assertThat(next.get("scope").textValue()).isEqualTo("orders.read");
            assertThat(next.get("expires_in").intValue()).isEqualTo(3_600);
            Office.isError(
                    run.caller.token("shop", "s3cret", refresh(used)),
                    "invalid_grant",
                    "the refresh token has been used before; all tokens of its family are revoked");
        }
        try (Behind run = run()) {
            assertThat(introspect(run, used).get("active").booleanValue()).isFalse();
            assertThat(introspect(run, jwt).get("active").booleanValue()).isTrue();
        }
    }

    @Test
    void clientsOutliveTheServerAndMayBeSaidAgain() {
        JsonNode own;
        try (Behind run = run()) {
            register(run, signer);
            own = Caller.json(run.caller
                    .send(
                            "POST",
                            "/register",
                            "{\"grant_types\":[\"client_credentials\"],\"client_name\":\"The own\"}",
                            "Content-Type",
                            "application/json")
                    .body());
        }
        String id = own.get("client_id").textValue();
        String secret = own.get("client_secret").textValue();
        try (Behind run = run()) {
            Office.good(run.caller.token(id, secret, "grant_type=client_credentials"));
            Office.good(run.caller.token("shop", "s3cret", "grant_type=client_credentials"));
            run.office.server.client("shop", Secret.of("new"), "orders.read");
            Office.good(run.caller.token("shop", "new", "grant_type=client_credentials"));
            assertThatThrownBy(() -> run.office.server.client("shop", Secret.of("newer")))
                    .hasMessage("client 'shop' is registered already");
            assertThatThrownBy(() -> run.office.server.client(id, Secret.of("mine")))
                    .hasMessage("client '" + id + "' is registered already");
            assertThat(run.caller
                            .send(
                                    "GET",
                                    "/register?client_id=" + id,
                                    "",
                                    "Authorization",
                                    "Bearer "
                                            + own.get("registration_access_token")
                                                    .textValue())
                            .body())
                    .contains("The own");
        }
    }

    @Test
    void anAssertionIsNotGoodAgainAfterARestart() {
        Map<String, Object> claims;
        String form;
        try (Behind run = run()) {
            register(run, signer);
            claims = Signer.assertion("signing", "signing", ISSUER.toString(), run.office.clock.instant());
            form = Office.form(
                    "grant_type",
                    "client_credentials",
                    "client_assertion_type",
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    "client_assertion",
                    signer.sign("JWT", claims));
            Office.good(run.caller.form(form));
        }
        try (Behind run = run()) {
            Office.isError(
                    run.caller.form(form), 401, "invalid_client", "the assertion is not good: it has been used before");
        }
    }

    @Test
    void aProofFromBeforeTheRestartIsTooOld() {
        Signer key = Signer.es256();
        try (Behind run = run()) {
            register(run, signer);
        }
        try (Behind run = run()) {
            String[] headers = {
                "Authorization",
                Caller.basic("shop", "s3cret"),
                "DPoP",
                key.proof("POST", ISSUER + "/token", run.office.clock.instant().minusSeconds(1))
            };
            Office.isError(
                    run.caller.form("grant_type=client_credentials", headers),
                    "invalid_dpop_proof",
                    "iat is too long ago or ahead: a proof is good for a minute, check the clock");
        }
    }

    @Test
    void keysThatTurnedStayTurned() throws Exception {
        String keys;
        try (Behind run = run()) {
            run.office.server.issue("alice", "orders");
            run.office.server.rotateKeys();
            keys = run.caller.get("/jwks").body();
            assertThat(Caller.json(keys).get("keys")).hasSize(2);
        }
        try (Behind run = run()) {
            assertThat(run.caller.get("/jwks").body()).isEqualTo(keys);
        }
        try (Office other = new Office(s -> s.persistIn(file).signingAlgorithm(SigningAlgorithm.RS256))) {
            JsonNode now = Caller.json(other.caller.get("/jwks").body()).get("keys");
            assertThat(now).hasSize(3);
            assertThat(now.get(0).get("kty").textValue()).isEqualTo("RSA");
        }
    }

    @Test
    void onlyTheOwnerReadsTheFileAndItHoldsNoSecretThatOpensSomething() throws Exception {
        JsonNode tokens;
        JsonNode opaque;
        try (Behind run = run()) {
            register(run, signer);
            tokens = tokens(run, "shop");
            opaque = tokens(run, "opaque");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file))
                .contains("\"kind\":\"lintel.authorization/v1\"")
                .doesNotContain("s3cret")
                .doesNotContain(opaque.get("access_token").textValue())
                .doesNotContain(tokens.get("refresh_token").textValue());
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    private void damaged() {
        assertThatIllegalStateException()
                .isThrownBy(this::start)
                .withMessage(file + " was not written by this server, or is damaged: put back a copy, or remove it and"
                        + " start anew, which ends all tokens and forgets all clients that registered themselves")
                .withNoCause();
    }

    @Test
    void aDamagedFileIsAClearFailureAtTheStart() throws Exception {
        start().close();
        byte[] good = Files.readAllBytes(file);
        byte[] flipped = good.clone();
        flipped[good.length / 2] ^= 1;
        for (byte[] bad : new byte[][] {
            flipped,
            Arrays.copyOf(good, good.length - 1),
            new byte[0],
            "{}".getBytes(StandardCharsets.US_ASCII),
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n{}".getBytes(StandardCharsets.US_ASCII)
        }) {
            Files.write(file, bad);
            damaged();
        }
        Files.write(file, good);
        start().close();
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws Exception {
        start().close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatIllegalStateException()
                .isThrownBy(this::start)
                .withMessage(file + " can be read or written by others, and holds keys: make it its owner's alone"
                        + " (chmod 600), and rotate the keys if it was open for long");
    }

    @Test
    void oneServerAtATimeHoldsTheFile() {
        try (Office first = start()) {
            assertThat(first.server.issuer()).isEqualTo(ISSUER);
            assertThatIllegalStateException()
                    .isThrownBy(this::start)
                    .withMessage(file + " is in use by another server: give each its own file");
        }
        start().close();
    }

    @Test
    void aFolderThatIsMissingIsNamed() {
        file = folder.resolve("missing").resolve("server.json");
        assertThatThrownBy(this::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot open " + file + ".lock; its folder must exist and be writable");
    }

    @Test
    void whatCannotBeWrittenDownIsNotAnswered() throws Exception {
        try (Behind run = run()) {
            register(run, signer);
            // A folder in the way of the new file stands for a disk that takes nothing.
            Path way = folder.resolve("server.json.new");
            Files.createDirectories(way.resolve("full"));
            assertThat(run.caller
                            .send(
                                    "POST",
                                    "/register",
                                    "{\"grant_types\":[\"client_credentials\"]}",
                                    "Content-Type",
                                    "application/json")
                            .body())
                    .isEqualTo("internal error\n");
            Files.delete(way.resolve("full"));
            Files.delete(way);
            Office.good(run.caller.token("shop", "s3cret", "grant_type=client_credentials"));
        }
        start().close();
    }

    /** Does something while the disk is gone. */
    private static void without(Path disk, Runnable work) throws Exception {
        Path away = disk.resolveSibling("away");
        Files.move(disk, away);
        work.run();
        Files.move(away, disk);
    }

    private static void isWithheld(Behind run, JsonNode used) {
        assertThat(run.caller.token("shop", "s3cret", refresh(used)).statusCode())
                .isEqualTo(500);
    }

    @Test
    void aRefreshTokenWhoseAnswerWasWithheldIsGoodOnceMore() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        file = disk.resolve("server.json");
        try (Behind run = run()) {
            register(run, signer);
            JsonNode first = tokens(run, "shop");
            without(disk, () -> {
                isWithheld(run, first);
                isWithheld(run, first);
            });
            JsonNode second = Office.good(run.caller.token("shop", "s3cret", refresh(first)));
            assertThat(introspect(run, second).get("active").booleanValue()).isTrue();
            Office.good(run.caller.token("shop", "s3cret", refresh(second)));
            Office.isError(
                    run.caller.token("shop", "s3cret", refresh(first)),
                    "invalid_grant",
                    "the refresh token has been used before; all tokens of its family are revoked");
        }
    }

    @Test
    void thatAnAnswerWasWithheldIsWrittenDownToo() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        file = disk.resolve("server.json");
        JsonNode first;
        try (Behind run = run()) {
            register(run, signer);
            first = tokens(run, "shop");
            JsonNode used = first;
            without(disk, () -> isWithheld(run, used));
            // With what this changes, all that could not be written down before is.
            tokens(run, "shop");
        }
        try (Behind run = run()) {
            Office.good(run.caller.token("shop", "s3cret", refresh(first)));
            Office.isError(
                    run.caller.token("shop", "s3cret", refresh(first)),
                    "invalid_grant",
                    "the refresh token has been used before; all tokens of its family are revoked");
        }
    }
}
