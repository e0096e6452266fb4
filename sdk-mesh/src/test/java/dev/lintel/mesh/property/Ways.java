package dev.lintel.mesh.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.property.OrderPropertyTest.Ends;
import dev.lintel.mesh.steps.Step;
import dev.lintel.mesh.steps.Steps;
import java.util.ArrayList;
import java.util.List;

/** Ways between definitions, with every moment judged. */
final class Ways {
    private static final int REQUESTS = 200;

    private Ways() {}

    /** The labels of the steps of a way of which no moment is worse than a gap tells. */
    static List<String> way(World world, String before, String after) {
        return way(world, new Ends(1, written(world, before), written(world, after)));
    }

    static List<String> way(World world, Ends ends) {
        Steps steps = Steps.between(ends.before(), ends.after());
        Judged judged = Judged.of(world, 1, ends.before(), ends.after(), steps.steps(), REQUESTS);
        Watch watch = OrderPropertyTest.watch(world, ends, steps.steps());

        assertThat(judged.moments()).isPositive();
        assertThat(watch.judged()).isPositive();
        assertThat(judged.opened()).isEmpty();
        assertThat(judged.guessed())
                .allMatch(each -> List.of("istio egress", "kyma").contains(world.name()));
        assertThat(watch.opened()).isEmpty();
        assertThat(judged.broken()).allMatch(each -> each.isTold(steps.gaps()));
        assertThat(watch.broken()).allMatch(each -> each.isTold(steps.gaps()));
        return steps.steps().stream().map(Step::label).toList();
    }

    static World world(String name) {
        return Worlds.all()
                .filter(world -> world.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static List<Manifest> written(World world, String yaml) {
        return written(world, List.of(yaml));
    }

    /** Definitions that are compiled apart, in the order of their names. */
    static List<Manifest> written(World world, List<String> parts) {
        List<ApiModel> apis = new ArrayList<>();
        List<EgressRule> egress = new ArrayList<>();
        for (String yaml : parts) {
            var compiled = new ModelCompiler(Kinds.installed())
                    .compile(
                            DefinitionFormat.yaml().readAll(yaml, "shop.yaml"),
                            world.dialect().world());
            assertThat(compiled.problems()).isEmpty();
            apis.addAll(compiled.model().apis());
            egress.addAll(compiled.model().egress());
        }
        Written written = world.dialect().write(new MeshModel(apis, egress));
        assertThat(written.problems()).isEmpty();
        return written.manifests();
    }
}
