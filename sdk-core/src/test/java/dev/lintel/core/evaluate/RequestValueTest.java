package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RequestValueTest {
    @Test
    void isReadFromAUri() {
        RequestValue request = RequestValue.of("GET", "http://orders.shop.localhost:8080/a%2fb?q=%20");
        assertThat(request.host()).isEqualTo("orders.shop.localhost:8080");
        assertThat(request.path()).isEqualTo("/a%2fb");
        assertThat(request.query()).isEqualTo("q=%20");
        assertThat(request.via()).isEqualTo(Request.Via.ENTRY);
        assertThat(RequestValue.of("GET", "http://orders.shop.localhost").path())
                .isEqualTo("/");
    }

    @Test
    void needsAHost() {
        assertThatThrownBy(() -> RequestValue.of("GET", "/orders"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a request needs a host, as in 'http://orders.shop.localhost/x', but was '/orders'");
    }

    @Test
    void joinsValuesOfAHeaderByCommasAndCookiesBySemicolons() {
        RequestValue request = TestApi.request("GET", "/")
                .header("X-A", "1")
                .header("x-a", "2")
                .header("Cookie", "a=1")
                .header("cookie", "b=2");
        assertThat(request.header("x-a")).isEqualTo("1,2");
        assertThat(request.cookie("a")).isEqualTo("1");
        assertThat(request.cookie("b")).isEqualTo("2");
        assertThat(request.cookie("c")).isNull();
        assertThat(TestApi.request("GET", "/").cookie("a")).isNull();
    }

    @Test
    void printsNeitherTokensNorCookiesNorTheQuery() {
        RequestValue request = RequestValue.of("GET", "http://orders.shop.localhost/a?access_token=canary")
                .header("Authorization", "Bearer canary")
                .header("Cookie", "session=canary");
        assertThat(request)
                .hasToString("ENTRY GET orders.shop.localhost/a?[redacted] with headers [authorization, cookie]");
    }
}
