package dev.lintel.examples;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.OAuth2;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.sdk.Api;
import dev.lintel.sdk.Exposure;
import java.util.List;
import org.junit.jupiter.api.Test;

// @start region=model
/** A narrow path stays what it is, whatever is said about wider ones. */
class NarrowPathTest {
    private static final Exposure ORDERS = Api.expose("orders").inNamespace("shop");

    @Test
    void aWidePublicRuleDoesNotOpenANarrowPath() {
        ApiDefinition orders = ORDERS.withOAuth2(oauth2("https://id.example")
                        .audience("orders")
                        .publicPaths("/orders/**")
                        .scope("/orders/internal/**", "orders.admin"))
                .define();

        Decision wide = decide(orders, "/orders/7");
        Decision narrow = decide(orders, "/orders//internal/7");

        assertThat(wide).isInstanceOf(Decision.Forward.class);
        assertThat(narrow).hasToString("refuse with 401 NO_TOKEN: a token is needed");
    }

    @Test
    void aSecondRuleForTheSamePathIsRefused() {
        OAuth2 access = oauth2("https://id.example")
                .audience("orders")
                .scope("/orders/**", "orders.read")
                .publicPaths("/orders/**");

        assertThatThrownBy(() -> ORDERS.withOAuth2(access).define())
                .extracting(e -> String.valueOf(e.getMessage()).replaceAll("java:\\d+", "java:N"))
                .isEqualTo("""
                        'orders.shop' has 1 problem
                          (1) oauth2.twice orders.shop auth.oauth2/v1: '/orders/**' (scope orders.read) and '/orders/**' (public) speak \
                        about the same requests; the first is at NarrowPathTest.java:N
                              say what is asked there once
                              at NarrowPathTest.java:N""");
    }

    private static Decision decide(ApiDefinition definition, String path) {
        var compiled = new ModelCompiler(Kinds.installed()).compile(List.of(definition), new World("localhost"));
        return Evaluator.of(compiled.model())
                .decide(RequestValue.of("GET", "http://orders.shop.localhost" + path), Draw.RANDOM);
    }
}
// @end
