package dev.lintel.embedded;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody may reach {@code /admin}, anybody {@code /pub}: every trick that is known must fail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HygieneTest {
    private final FakeService service = FakeService.start((asked, out) -> out.write(FakeService.ok("reached")));
    private final Gateway gateway = Gateway.start();

    @BeforeAll
    void expose() {
        gateway.workload("orders.shop", service.uri());
        gateway.apply(gateway.plan(Said.orders()
                .withOAuth2(oauth2("http://127.0.0.1:1").deny("/admin/**").publicPaths("/pub/**"))
                .define()));
    }

    @AfterAll
    void close() {
        gateway.close();
        service.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "//admin | 403",
                "/admin | 403",
                "/admin/ | 403",
                "/admin/x | 403",
                "/admin? | 403",
                "/./admin | 403",
                "/pub/../admin | 403",
                "/pub/%2e%2e/admin | 403",
                "/pub/.%2e/admin | 403",
                "/pub/%2E%2E%2Fadmin | 403",
                "/pub%2f..%2fadmin | 403",
                "/pub/..%2fadmin | 403",
                "/pub\\..\\admin | 403",
                "/pub%5c..%5cadmin | 403",
                "/pub/..;/admin | 400",
                "/pub/..;x=y/admin | 400",
                "/admin;x=1 | 400",
                "/admin%2f | 403",
                "/admin%2Fx | 403",
                "/admin#x | 400",
                "/pub#/../admin | 400",
                "/%61dmin | 403",
                "/%41dmin | 401",
                "/ADMIN | 401",
                "/admin%00 | 400",
                "/admin%20 | 401",
                "/admin%09 | 400",
                "/admin%0d%0aX:%20y | 400",
                "/%c0%ae%c0%ae/admin | 400",
                "/pub/%c0%ae%c0%ae/admin | 400",
                "/pub/%ff | 400",
                "/pub/% | 400",
                "/pub/%2 | 400",
                "/pub/%zz | 400",
                "/../admin | 400",
                "/pub/../../admin | 400",
                "http://orders.shop.localhost/admin | 403",
                "http://orders.shop.localhost//admin | 403",
                "HTTP://ORDERS.SHOP.LOCALHOST/admin | 403",
                "http://orders.shop.localhost/pub/../admin | 403",
                "http://orders.shop.localhost?/pub | 401",
                "http://other.shop.localhost/pub | 400",
                "http://x@orders.shop.localhost/pub | 400",
                "http:///pub | 400",
                "ftp://orders.shop.localhost/pub | 400",
                "http:/pub | 400",
                "pub | 400",
                "* | 400",
                "? | 400",
                "/pub^x | 400",
                "/pub\"x | 400",
                "/pub<x> | 400",
                "/püb | 400",
            })
    void targets(String target, int status) {
        Raw.Answer answer = Raw.get(gateway, target);

        assertThat(answer.status()).as(target).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("reached");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/pub | /pub",
                "/pub/ | /pub/",
                "/pub?a=/../admin&b=%2e | /pub?a=/../admin&b=%2e",
                "/pub?a=b?c | /pub?a=b?c",
                "/pub//x | /pub/x",
                "/pub//../admin | /pub/admin",
                "/pub/x//..//../admin | /pub/x/admin",
                "/pub/./x/../y | /pub/y",
                "/pub/%7Ex?q | /pub/~x?q",
                "/pub/%c3%a4 | /pub/%C3%A4",
                "/pub/%252e%252e/admin | /pub/%252e%252e/admin",
                "/pub/a%20b | /pub/a%20b",
                "http://orders.shop.localhost/pub/x?y | /pub/x?y",
            })
    void whatWasDecidedIsWhatIsForwarded(String target, String forwarded) {
        Raw.Answer answer = Raw.get(gateway, target, "X-Case: " + target);

        assertThat(answer.status()).as(target).isEqualTo(200);
        assertThat(service.asked())
                .filteredOn(asked -> asked.header("x-case").equals(target))
                .extracting(FakeService.Asked::first)
                .containsExactly("GET " + forwarded + " HTTP/1.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders.shop.localhost | 403",
                "orders.shop.localhost:80 | 403",
                "orders.shop.localhost:1234 | 403",
                "ORDERS.Shop.Localhost | 403",
                "orders.shop.localhost. | 403",
                "orders.shop.localhost.:80 | 403",
                "orders.shop.localhost:x | 400",
                "orders.shop.localhost:80:80 | 400",
                "orders.shop.localhost: | 400",
                "orders.shop.localhost:123456 | 400",
                "x@orders.shop.localhost | 400",
                "orders.shop.localhost:80@evil | 400",
                "orders.shop.localhost/pub | 400",
                "orders.shop.localhost evil | 400",
                "orders.shop.localhost,evil | 400",
                "orders.shop.localhost#x | 400",
                "http://orders.shop.localhost | 400",
                "evil.localhost | 404",
                "'' | 400",
                "[::1] | 404",
                "[::1 | 400",
                "[x]:80 | 400",
            })
    void hosts(String host, int status) {
        Raw.Answer answer = Raw.ask(gateway, "GET /admin HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

        assertThat(answer.status()).as(host).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | 403",
                "HEAD | 403",
                "POST | 403",
                "PROPFIND | 403",
                "M-SEARCH | 403",
                "get | 501",
                "Get | 501",
                "GET! | 501",
                "CONNECT | 501",
                "TRACE | 501",
                "G(T | 400",
            })
    void methods(String method, int status) {
        try (Raw raw = Raw.to(gateway)) {
            raw.send(Raw.request(method, "/admin"));

            assertThat(raw.answer(method.equals("HEAD")).status()).as(method).isEqualTo(status);
        }
    }
}
