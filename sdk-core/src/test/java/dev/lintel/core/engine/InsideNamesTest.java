package dev.lintel.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.policy.AtHost;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of the inside stay names of the inside. */
class InsideNamesTest {
    private static final ModelCompiler COMPILER = new ModelCompiler(Kinds.installed());

    private static ApiDefinition at(String namespace, String... hosts) {
        List<ApiDefinition.Said> said = List.of(hosts).stream()
                .map(host -> new ApiDefinition.Said(new AtHost(host), Origin.at("Orders.java", 7)))
                .toList();
        return new ApiDefinition(ServiceRef.service("orders"), namespace, said, Origin.at("Orders.java", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders.shop.svc.cluster.local", "orders.shop.svc", "x.shop.svc"})
    void areExposedByNobody(String host) {
        assertThat(COMPILER.check(at("shop", host)))
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .contains("host '" + host + "' is a name under which services are called from inside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"svc", "svc.cluster.local", "shop.svc"})
    void areNoDomain(String domain) {
        assertThatThrownBy(() -> new World(domain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a domain must not be one of names by which services are called from inside, but was '"
                        + domain + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders.svc", "orders.svc.svc", "orders.svc.svc.cluster.local", "ORDERS.svc.:80"})
    void areFoundInANamespaceThatIsCalledSvc(String host) {
        var compiled = COMPILER.compile(List.of(at("svc")), new World("example.com"));
        RequestValue request = RequestValue.of("GET", host, "/", null).inMesh();

        assertThat(Evaluator.of(compiled.model()).decide(request, Draw.RANDOM)).isInstanceOf(Decision.Forward.class);
    }

    @Test
    void otherNamesAreExposedAsBefore() {
        assertThat(COMPILER.check(at("shop", "orders.shop.example.com", "svc.shop.example.com")))
                .isEmpty();
    }
}
