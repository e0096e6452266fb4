package dev.lintel.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.model.MoreHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeaderPoliciesTest {
    @Test
    void headersAreAddedAndRemovedOnBothWays() {
        assertThat(Said.orders()
                        .addHeader("X-Via", "a")
                        .addResponseHeader("Vary", "x-lane")
                        .removeHeader("Authorization")
                        .removeHeader("x-debug")
                        .removeResponseHeader("Server")
                        .model()
                        .entry()
                        .headers()
                        .more())
                .isEqualTo(new MoreHeaders(
                        Map.of("x-via", "a"),
                        Map.of("vary", "x-lane"),
                        List.of("authorization", "x-debug"),
                        List.of("server")));
    }

    @Test
    void whatFramesMessagesIsNotOurs() {
        assertThatThrownBy(() -> Said.orders().addHeader("Set-Cookie", "a=b"))
                .hasMessage(
                        "header 'set-cookie' belongs to the gateway or to the caller and cannot be set; of that sort are"
                                + " [authorization, connection, content-length, cookie, forwarded, host, keep-alive,"
                                + " proxy-connection, set-cookie, te, trailer, transfer-encoding, upgrade], x-forwarded-* and"
                                + " x-envoy-*");
        for (String name : new String[] {"host", "content-length", "x-forwarded-for", "x-envoy-overloaded"}) {
            assertThatThrownBy(() -> Said.orders().removeHeader(name))
                    .hasMessage("header '" + name + "' belongs to the gateway and cannot be removed; of that sort are"
                            + " [connection, content-length, forwarded, host, keep-alive, proxy-connection, te, trailer,"
                            + " transfer-encoding, upgrade], x-forwarded-* and x-envoy-*");
        }
        assertThatThrownBy(() -> Said.orders().removeResponseHeader("a b"))
                .hasMessage("a header needs a token as its name, but was 'a b'");
        assertThatThrownBy(() -> Said.orders().addResponseHeader("x-a", "b\r\nx-c: d"))
                .hasMessage(
                        "the value of header 'x-a' must be visible ASCII on one line, at most 4096 characters, but is not");
    }

    @Test
    void oneHeaderIsSaidOnce() {
        assertThat(Said.orders().addHeader("x-a", "1").addHeader("X-A", "2").problems())
                .containsExactly(
                        "policy.twice | orders.shop traffic.add-header/v1: 'request x-a' is said twice, first at"
                                + " Test.java | say it once, or merge the two values before saying it");
    }

    @Test
    void whatIsRemovedHasNoValue() {
        assertThat(Said.orders()
                        .setHeader("x-a", "1")
                        .removeHeader("x-a")
                        .addResponseHeader("x-b", "1")
                        .removeResponseHeader("x-b")
                        .removeHeader("x-b")
                        .problems())
                .containsExactly(
                        "header.contradiction | orders.shop: request header 'x-a' is removed, and given a value at Test.java |"
                                + " set it, which replaces what came, or remove it",
                        "header.contradiction | orders.shop: response header 'x-b' is removed, and given a value at Test.java"
                                + " | set it, which replaces what came, or remove it");
    }
}
