package dev.lintel.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a logout token must say (OpenID Connect Back-Channel Logout 1.0, 2.4). */
class LogoutClaimsTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private static Map<String, Object> good() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://id.example");
        claims.put("aud", List.of("other", "web"));
        claims.put("iat", NOW / 1000 - 2);
        claims.put("exp", NOW / 1000 + 100);
        claims.put("jti", "j1");
        claims.put("events", Map.of(EVENT, Map.of()));
        claims.put("sub", "alice");
        claims.put("sid", "s1");
        return claims;
    }

    private static LogoutToken read(Map<String, Object> claims) throws RefusedToken {
        return LogoutClaims.read(claims, "https://id.example", "web", NOW);
    }

    private static void isRefused(String name, Object value, String why) {
        Map<String, Object> claims = good();
        claims.put(name, value);
        claims.values().removeIf(""::equals);
        assertThatThrownBy(() -> read(claims)).hasMessage(why);
    }

    @Test
    void aGoodOneNamesWhoHasLoggedOut() throws Exception {
        assertThat(read(good())).isEqualTo(new LogoutToken("j1", Instant.ofEpochMilli(NOW - 2000), "alice", "s1"));
        Map<String, Object> bySubject = good();
        bySubject.remove("sid");
        assertThat(read(bySubject).session()).isNull();
        assertThat(read(good())).hasToString("logout token of 2027-01-15T07:59:58Z");
    }

    @Test
    void everyClaimIsChecked() {
        isRefused("iss", "https://evil.example", "the token is of another issuer");
        isRefused("aud", "other", "the token is for another client");
        isRefused("iat", "", "the token was not made just now");
        isRefused("iat", NOW / 1000 + 31, "the token was not made just now");
        isRefused("iat", NOW / 1000 - 301, "the token was not made just now");
        isRefused("exp", NOW / 1000 - 31, "the token has expired");
        isRefused("events", "", "the token does not say that somebody has logged out");
        isRefused("events", Map.of(), "the token does not say that somebody has logged out");
        isRefused("events", Map.of(EVENT, true), "the token does not say that somebody has logged out");
        isRefused("nonce", "n", "the token has a nonce, as only an ID token may");
        isRefused("jti", "", "the token has no jti, or neither sub nor sid");
        isRefused("sid", "s".repeat(256), "the token's sid is empty or too long");
    }

    @Test
    void whoMustBeNamed() {
        Map<String, Object> claims = good();
        claims.remove("sub");
        claims.remove("sid");
        assertThatThrownBy(() -> read(claims)).hasMessage("the token has no jti, or neither sub nor sid");
    }
}
