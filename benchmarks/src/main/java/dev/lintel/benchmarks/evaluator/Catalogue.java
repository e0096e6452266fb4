package dev.lintel.benchmarks.evaluator;

import static dev.lintel.auth.OAuth2.oauth2;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.model.MeshModel;
import dev.lintel.sdk.Api;
import dev.lintel.sdk.Exposure;
import dev.lintel.traffic.Split;
import dev.lintel.traffic.Sticky;
import java.util.ArrayList;
import java.util.List;

/** Many APIs that are all alike but for their names: an issuer, an audience, two scope rules, a split of two versions. */
final class Catalogue {
    static final String ISSUER = "https://id.example";
    static final String SCOPE = "orders.read";

    private Catalogue() {}

    static String host(int api) {
        return "api-" + api + ".shop.localhost";
    }

    static List<ApiDefinition> definitions(int apis) {
        List<ApiDefinition> all = new ArrayList<>(apis);
        for (int i = 0; i < apis; i++) {
            all.add(exposed(i).split("v1", 90, "v2", 10).define());
        }
        return all;
    }

    static List<ApiDefinition> sticky(int apis) {
        List<ApiDefinition> all = new ArrayList<>(apis);
        for (int i = 0; i < apis; i++) {
            all.add(exposed(i)
                    .with(Split.split("v1", 90, "v2", 10).sticky(Sticky.header("x-user")))
                    .define());
        }
        return all;
    }

    static MeshModel model(List<ApiDefinition> definitions) {
        ModelCompiler.Compiled compiled =
                new ModelCompiler(Kinds.installed()).compile(definitions, new World(World.LOCALHOST));
        if (!compiled.problems().isEmpty()) {
            throw new IllegalStateException(compiled.problems().toString());
        }
        return compiled.model();
    }

    private static Exposure exposed(int api) {
        String name = "api-" + api;
        return Api.expose(name)
                .inNamespace("shop")
                .withOAuth2(
                        oauth2(ISSUER).audience(name).scope("/orders/**", SCOPE).scope("/admin/**", "orders.admin"));
    }
}
