package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.core.Secret;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 8628. */
class DeviceGrantTest {
    private final Office office = new Office(s -> s.deviceCodes(Duration.ofMinutes(10), Duration.ofSeconds(5)));

    @BeforeEach
    void register() {
        office.server.client(Office.app("tv"));
        office.server.client(Office.app("radio"));
        office.server.client(ClientRegistration.of("shop", Secret.of("s3cret")));
        office.server.client(Office.orders());
    }

    @AfterEach
    void stop() {
        office.close();
    }

    private JsonNode begin() {
        return Office.good(
                office.post("/device_authorization", Office.form("client_id", "tv", "scope", "orders.read")));
    }

    private HttpResponse<String> poll(JsonNode codes, String client) {
        return office.caller.form(Office.form(
                "grant_type",
                GrantTypes.DEVICE_CODE,
                "client_id",
                client,
                "device_code",
                codes.get("device_code").textValue()));
    }

    @Test
    void aDeviceIsToldWhatToShow() {
        JsonNode codes = begin();
        String device = office.server.issuer() + "/device";
        String user = codes.get("user_code").textValue();
        assertThat(codes.fieldNames())
                .toIterable()
                .containsExactly(
                        "device_code",
                        "user_code",
                        "verification_uri",
                        "verification_uri_complete",
                        "expires_in",
                        "interval");
        assertThat(user).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
        assertThat(codes.get("verification_uri").textValue()).isEqualTo(device);
        assertThat(codes.get("verification_uri_complete").textValue()).isEqualTo(device + "?user_code=" + user);
        assertThat(codes.get("expires_in").intValue()).isEqualTo(600);
        assertThat(codes.get("interval").intValue()).isEqualTo(5);
        assertThat(codes.get("device_code").textValue()).hasSize(43);
    }

    @Test
    void aDeviceGetsItsTokensOnceWhenTheUserHasAllowedIt() {
        JsonNode codes = begin();
        Office.isError(poll(codes, "tv"), "authorization_pending", "the user has not decided yet");
        assertThat(office.caller
                        .get("/device?user_code=" + codes.get("user_code").textValue())
                        .statusCode())
                .isEqualTo(200);
        office.clock.forward(Duration.ofSeconds(5));

        JsonNode tokens = Office.good(poll(codes, "tv"));

        assertThat(tokens.get("scope").textValue()).isEqualTo("orders.read");
        assertThat(tokens.has("refresh_token")).isTrue();
        assertThat(office.introspect(tokens.get("access_token").textValue())
                        .get("sub")
                        .textValue())
                .isEqualTo("alice");
        office.clock.forward(Duration.ofSeconds(5));
        Office.isError(poll(codes, "tv"), "invalid_grant", "the device code is not known, or has been redeemed");
    }

    @Test
    void aDeviceThatAsksTooSoonMustAskMoreSlowlyFromThenOn() {
        JsonNode codes = begin();
        Office.isError(poll(codes, "tv"), "authorization_pending", "the user has not decided yet");
        office.clock.forward(Duration.ofSeconds(4));
        Office.isError(poll(codes, "tv"), "slow_down", "asked too soon: from now on wait 5 seconds longer");
        office.clock.forward(Duration.ofSeconds(9));
        Office.isError(poll(codes, "tv"), "slow_down", "asked too soon: from now on wait 5 seconds longer");
        office.clock.forward(Duration.ofSeconds(15));
        Office.isError(poll(codes, "tv"), "authorization_pending", "the user has not decided yet");
    }

    @Test
    void aCodeExpires() {
        JsonNode codes = begin();
        office.clock.forward(Duration.ofMinutes(10));
        Office.isError(poll(codes, "tv"), "expired_token", "the user has not decided in time: begin again");
    }

    @Test
    void theCodeOfAnotherClientIsUnknown() {
        Office.isError(poll(begin(), "radio"), "invalid_grant", "the device code is not known, or has been redeemed");
    }

    @Test
    void aClientWithoutTheGrantCannotBegin() {
        Office.isError(
                office.post("/device_authorization", "scope=", "Authorization", Caller.basic("shop", "s3cret")),
                "unauthorized_client",
                "this client may not use this grant_type");
    }

    @Test
    void aScopeBeyondTheClientsIsRefused() {
        Office.isError(
                office.post("/device_authorization", Office.form("client_id", "tv", "scope", "admin")),
                "invalid_scope",
                "scope 'admin' is not allowed for this client");
    }

    /** The page is not needed for this. */
    @Test
    void aDeniedDeviceIsToldSo() {
        DeviceCodes codes = table();
        DeviceCodes.Codes given = codes.issue(asked()).orElseThrow();
        assertThat(codes.deny(
                        given.userCode().toLowerCase(java.util.Locale.ROOT).replace("-", " ")))
                .isTrue();
        assertThat(codes.deny(given.userCode())).isFalse();
        assertThat(codes.look(given.userCode())).isEmpty();
        assertThat(codes.poll(given.deviceCode(), "tv").progress()).isEqualTo(DeviceCodes.Progress.DENIED);
    }

    @Test
    void aUserCannotLetInADeviceForAnotherClient() {
        DeviceCodes codes = table();
        DeviceCodes.Codes given = codes.issue(asked()).orElseThrow();
        UserGrant other = new UserGrant("radio", "alice", List.of(), List.of(), null, null, null, null, Instant.EPOCH);
        assertThat(codes.approve(given.userCode(), other)).isFalse();
        assertThat(codes.look(given.userCode())).contains(asked());
    }

    @Test
    void thereAreOnlySoManyDevicesAtOnce() {
        DeviceCodes codes = table();
        for (int i = 0; i < 10_000; i++) {
            assertThat(codes.issue(asked())).isPresent();
        }
        assertThat(codes.issue(asked())).isEmpty();
        office.clock.forward(Duration.ofMinutes(1));
        assertThat(codes.issue(asked())).isPresent();
    }

    private DeviceCodes table() {
        return new DeviceCodes(office.clock, new SecureRandom(), Duration.ofMinutes(1), Duration.ofSeconds(1));
    }

    private static DeviceCodes.Asked asked() {
        return new DeviceCodes.Asked("tv", List.of("orders.read"), List.of("orders"));
    }
}
