package dev.lintel.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Effects;
import dev.lintel.core.plan.ModelText;
import org.junit.jupiter.api.Test;

/** A service that speaks gRPC is told apart from one that does not, in the model and in plans. */
class GrpcTest {
    private static final String PLAIN = "kind: Api/v1\nservice: orders\nnamespace: shop\n";
    private static final String GRPC = PLAIN + "policies:\n  - kind: service.grpc/v1\n";

    @Test
    void itIsStoredAndSaidInTheModel() {
        assertThat(DefinitionFormat.yaml().write(DefinitionFormat.yaml().read(GRPC, "orders.yaml")))
                .isEqualTo(GRPC);
        assertThat(ModelText.of(model(GRPC))).contains("  port: 80\n  protocol: gRPC\n");
        assertThat(ModelText.of(model(PLAIN))).doesNotContain("protocol");
        assertThat(model(GRPC)).isNotEqualTo(model(PLAIN));
    }

    @Test
    void aPlanSaysThatItSpeaksOtherwiseFromNowOn() {
        assertThat(Effects.between(model(PLAIN), model(GRPC)))
                .extracting(Effect::text)
                .containsExactly("orders.shop: the service speaks gRPC (was: HTTP)");
        assertThat(Effects.between(model(GRPC), model(PLAIN)))
                .extracting(Effect::text)
                .containsExactly("orders.shop: the service speaks HTTP (was: gRPC)");
    }

    private static MeshModel model(String yaml) {
        return new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().read(yaml, "orders.yaml"), new World("example.com"))
                .model();
    }
}
