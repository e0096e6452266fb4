package stranger.quota;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.ModelText;
import java.util.List;

/** Reads a definition on the module path, says what it means, and writes it again. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        for (String kind : List.of(
                "entry.host/v1", "entry.path-parameters/v1", "service.workload-selector/v1", Quota.KIND, "no.such/v1")) {
            System.out.println(kind + " " + Kinds.installed().policy(kind).map(Class::getName).orElse("unknown"));
        }
        List<ApiDefinition> read = DefinitionFormat.yaml().read(args[0], "definitions.yaml");
        System.out.print(ModelText.of(new ModelCompiler(Kinds.installed())
                .compile(read, new World(World.LOCALHOST))
                .model()));
        System.out.println(DefinitionFormat.class.getModule() + ", " + Quota.class.getModule());
        System.out.println(DefinitionFormat.yaml().write(read).equals(args[0]) ? "written as read" : "written differently");
    }
}
