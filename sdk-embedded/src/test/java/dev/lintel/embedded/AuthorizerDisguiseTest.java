package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an authorizer says in a header cannot be said beside it under a name that some take for the same. */
class AuthorizerDisguiseTest {
    private static FakeService.Asked served(String result, String... fields) {
        try (FakeService opa = Asks.deciding(result);
                FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri())).define()));
            assertThat(Raw.get(gateway, "/", fields).status()).isEqualTo(200);
            return service.asked().get(0);
        }
    }

    @Test
    void whatIsSetStandsAlone() {
        FakeService.Asked asked = served(
                "{\"allowed\": true, \"headers\": {\"x-user-name\": \"alice\"}}",
                "X_User_Name: mallory",
                "x-user_name: mallory",
                "X-User-Name: mallory",
                "X_Other: kept");

        assertThat(asked.header("x-user-name")).isEqualTo("alice");
        assertThat(asked.header("x_user_name")).isEmpty();
        assertThat(asked.header("x-user_name")).isEmpty();
        assertThat(asked.header("x_other")).isEqualTo("kept");
    }

    @Test
    void whatIsRemovedIsGone() {
        FakeService.Asked asked =
                served("{\"allowed\": true, \"request_headers_to_remove\": [\"x-admin\"]}", "X_Admin: 1", "X-ADMIN: 1");

        assertThat(asked.header("x-admin")).isEmpty();
        assertThat(asked.header("x_admin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"content_length", "transfer_encoding", "x_forwarded_for", "x_original_url"})
    void itMustNotDisguiseWhatItMustNotChange(String name) {
        try (FakeService opa = Asks.deciding("{\"allowed\": true, \"headers\": {\"" + name + "\": \"1\"}}");
                FakeService service = FakeService.saying("ok");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Asks.orders(Asks.rule(opa.uri())).define()));

            assertThat(Raw.get(gateway, "/").status()).isEqualTo(403);
            assertThat(service.asked()).isEmpty();
        }
    }
}
