package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewaySettingsTest {
    @Test
    void eachMethodAnswersANewValue() {
        GatewaySettings settings = GatewaySettings.defaults();

        assertThat(settings.port(8080).domain("example.com")).hasToString("http://*.example.com:8080 on 127.0.0.1");
        assertThat(settings).hasToString("http://*.localhost:0 on 127.0.0.1");
        assertThat(settings.tls("c", Secret.of("the key")).toString()).doesNotContain("the key");
    }

    @Test
    void refusesWhatMakesNoSense() {
        GatewaySettings settings = GatewaySettings.defaults();

        assertThatThrownBy(() -> settings.port(65_536)).hasMessage("a port must be 0 to 65535, but was 65536");
        assertThatThrownBy(() -> settings.threads(0)).hasMessage("the number of threads must be at least 1, but was 0");
        assertThatThrownBy(() -> settings.maxBodySize(-1)).hasMessage("the largest body must be 0 or more, but was -1");
        assertThatThrownBy(() -> settings.idleTimeout(Duration.ZERO))
                .hasMessage("the time between requests must be more than zero and at most a day, but was PT0S");
        assertThatThrownBy(() -> settings.domain("Not A Domain")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theDomainIsPartOfTheHosts() {
        try (Gateway gateway = Gateway.start(s -> s.domain("example.com"))) {
            gateway.workload("orders.shop", Workload.function(request -> Reply.ok("ok")));
            gateway.apply(gateway.plan(Said.orders().define()));

            assertThat(gateway.uri("orders.shop"))
                    .isEqualTo(URI.create("http://orders.shop.example.com:" + gateway.port()));
            assertThatThrownBy(() -> gateway.uri("carts.shop"))
                    .hasMessage("no API 'carts.shop' is exposed; exposed are: orders.shop");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://host:1",
                "http:///x",
                "http://host/path",
                "http://host?x",
                "http://host#x",
                "http://host:0",
                "http://host:65536",
                "host:80",
                "http://user@host"
            })
    void anAddressIsNoMoreThanAnAddress(String uri) {
        assertThatThrownBy(() -> Workload.at(URI.create(uri)))
                .hasMessageStartingWith(
                        "a workload is 'http://host:port' or 'https://host:port', without path, but was '");
    }

    @Test
    void aPasswordInAnAddressIsNotShown() {
        assertThatThrownBy(() -> Workload.at(URI.create("http://user:hunter2@host")))
                .hasMessageEndingWith("but was 'http://[redacted]@host'");
    }

    @Test
    void aServiceIsBoundUnderItsWholeName() {
        try (Gateway gateway = Gateway.start()) {
            URI uri = URI.create("http://127.0.0.1:1");
            assertThatThrownBy(() -> gateway.workload("orders", uri))
                    .hasMessage("a service is bound as 'name.namespace', for example 'orders.shop', but was 'orders'");
            assertThatThrownBy(() -> gateway.workload("orders.shop", " ", uri))
                    .hasMessage("a version must have a name; leave it out to bind a service that has none");
        }
    }
}
