package dev.lintel.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.benchmarks.gateway.Envoy.Asks;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvoyTest {
    @Test
    void asksForATokenOnlyWhereItShould() throws Exception {
        Identity issuer = new Identity("http://127.0.0.1:18080");

        assertThat(Envoy.configuration(18081, 18080, issuer, Asks.NO_TOKEN))
                .contains("port_value: 18081", "port_value: 18080")
                .doesNotContain("jwt_authn", "${");
        assertThat(Envoy.configuration(18081, 18080, issuer, Asks.TOKEN))
                .contains("issuer: 'http://127.0.0.1:18080'", issuer.keys(), "exact: '" + Identity.SCOPE + "'")
                .doesNotContain("jwt_cache", "${");
        assertThat(Envoy.configuration(18081, 18080, issuer, Asks.TOKEN_REMEMBERED))
                .contains("jwt_cache_size: 1000")
                .doesNotContain("${");
    }

    @Test
    void refusesAMissingTokenByItsPolicy() {
        assertThat(new Contender(Envoy.NAME, "1", true, List.of()).withoutToken())
                .isEqualTo(403);
        assertThat(new Contender(Contenders.LINTEL, "1", true, List.of()).withoutToken())
                .isEqualTo(401);
    }
}
