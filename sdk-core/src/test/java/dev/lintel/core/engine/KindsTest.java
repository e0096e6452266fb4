package dev.lintel.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.policy.AtHost;
import dev.lintel.core.policy.AtHostCompiler;
import dev.lintel.core.spi.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KindsTest {
    @Test
    void aKindHasOneCompiler() {
        assertThatThrownBy(() -> Kinds.of(List.of(
                        new AtHostCompiler(),
                        new Scripted.Compiler("entry.host/v1", Phase.ROUTE, (policy, draft) -> {}))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policy 'entry.host/v1' has two compilers: dev.lintel.core.policy.AtHostCompiler and"
                        + " dev.lintel.core.engine.Scripted$Compiler");
    }

    @Test
    void aKindIsFoundByItsName() {
        Kinds kinds = Kinds.of(List.of(new AtHostCompiler()));

        assertThat(kinds.policy("entry.host/v1")).contains(AtHost.class);
        assertThat(kinds.compiler("entry.host/v1")).containsInstanceOf(AtHostCompiler.class);
        assertThat(kinds.policy("entry.host/v2")).isEmpty();
    }

    @Test
    void aWorldMakesHosts() {
        assertThat(new World("example.com").host("orders", "shop")).isEqualTo("orders.shop.example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Example.com", "example.com.", ".example.com", "a b", "example.com:80"})
    void aDomainIsLabels(String domain) {
        assertThatThrownBy(() -> new World(domain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a domain must be lower-case DNS labels joined by dots, but was '" + domain + "'");
    }
}
