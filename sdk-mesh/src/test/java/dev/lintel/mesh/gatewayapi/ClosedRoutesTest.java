package dev.lintel.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Trees;
import dev.lintel.mesh.istio.Comparison;
import dev.lintel.mesh.istio.RandomRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Routes whose rules have lost their names, or the policies for rules, are closed by the policy for the whole route. */
class ClosedRoutesTest {
    private static final GatewayApiDialect DIALECT = GatewayApiWorld.dialect(Extension.ENVOY_GATEWAY);
    private static final int MODELS = 60;
    private static final int REQUESTS = 40;

    /** How many requests go on to a service that asks for access, of all that are asked. */
    private record Count(int models, int open, int meant) {}

    @Test
    void withoutNamesOfRulesNothingIsOpen() {
        Count count = count(ClosedRoutesTest::withoutNames);

        assertThat(count.models()).isGreaterThan(MODELS / 4);
        assertThat(count.meant()).as("requests that pass where names are kept").isGreaterThan(50);
        assertThat(count.open()).isZero();
    }

    @Test
    void withoutThePoliciesForRulesNothingIsOpen() {
        assertThat(count(manifest -> isForRules(manifest) ? null : manifest).open())
                .isZero();
    }

    /** What would be so without it: this is how the two above fail. */
    @Test
    void withoutThePolicyForTheWholeRouteTheyWouldBeOpen() {
        Count count = count(manifest ->
                manifest.kind().equals(Meta.SECURITY_POLICY) && !isForRules(manifest) ? null : withoutNames(manifest));

        assertThat(count.open()).isGreaterThan(count.meant());
    }

    private static Count count(Change change) {
        int models = 0;
        int open = 0;
        int meant = 0;
        for (long seed = 1; seed <= MODELS; seed++) {
            MeshModel model = new AdaptedModels(Extension.ENVOY_GATEWAY).model(seed);
            Written written = DIALECT.write(model);
            boolean asks =
                    model.apis().stream().allMatch(api -> api.entry().access().isRestricted());
            if (!asks || !written.problems().isEmpty()) {
                continue;
            }
            models++;
            List<Manifest> changed = new ArrayList<>();
            for (Manifest manifest : written.manifests()) {
                Manifest one = change.of(manifest);
                if (one != null) {
                    changed.add(one);
                }
            }
            Comparison both = new Comparison(model, DIALECT.read(changed).model());
            RandomRequests requests = new RandomRequests(seed);
            for (int i = 0; i < REQUESTS; i++) {
                RequestValue asked = requests.request(model);
                RequestValue request = RequestValue.of(asked.method(), asked.host(), asked.path(), asked.query())
                        .token(i % 4 == 0 ? Token.NONE : asked.token());
                meant += both.first(request, i).startsWith("to ") ? 1 : 0;
                open += both.second(request, i).startsWith("to ") ? 1 : 0;
            }
        }
        return new Count(models, open, meant);
    }

    private interface Change {
        @org.jspecify.annotations.Nullable
        Manifest of(Manifest manifest);
    }

    private static boolean isForRules(Manifest manifest) {
        return manifest.kind().equals(Meta.SECURITY_POLICY)
                && String.valueOf(manifest.spec().get("targetRefs")).contains("sectionName");
    }

    /** As the standard channel of Gateway API before 1.4 keeps a route. */
    private static Manifest withoutNames(Manifest manifest) {
        Map<String, Object> spec = Trees.copy(manifest.spec());
        if (spec.get("rules") instanceof List<?> rules) {
            List<Object> nameless = new ArrayList<>();
            for (Object rule : rules) {
                Map<String, Object> copy = Trees.copy((Map<?, ?>) rule);
                copy.remove("name");
                nameless.add(copy);
            }
            spec.put("rules", nameless);
        }
        return manifest.withSpec(spec);
    }
}
