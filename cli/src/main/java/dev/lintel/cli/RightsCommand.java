package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.Definition;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Rights;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Mesh;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lintel rights}: the Roles of an account that plans and applies, as YAML to be read and applied by an administrator. */
@Command(
        name = "rights",
        description = {
            "Prints the Roles that an account needs to plan and to apply these definitions and every later change of them in"
                    + " the same namespaces, with the namespace of the journal. Changes nothing.",
            "It is run by somebody who may read the cluster."
        },
        mixinStandardHelpOptions = true)
final class RightsCommand implements Callable<Integer> {
    @Mixin
    private final DefinitionFiles definitions;

    @Mixin
    private final DialectOptions dialect = new DialectOptions();

    @Mixin
    private final TargetOptions target;

    @Mixin
    private final Screen screen;

    @Option(
            names = "--account",
            required = true,
            paramLabel = "NAMESPACE/NAME",
            description = "The ServiceAccount that gets them.")
    private String account = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Of the Roles (default: lintel, with the name of the inventory if there is one).")
    private @Nullable String name;

    @Option(names = "--once", description = "Only what one apply takes as the cluster is now.")
    private boolean once;

    @Option(names = "--watching", description = "With the verb watch, for drift watchers.")
    private boolean watching;

    RightsCommand(Surroundings around) {
        this.definitions = new DefinitionFiles(around);
        this.target = new TargetOptions(around);
        this.screen = new Screen(around);
    }

    @Override
    public Integer call() {
        return screen.guard("rights", () -> {
            int slash = account.indexOf('/');
            if (slash < 1) {
                throw new UsageException("--account must be NAMESPACE/NAME");
            }
            List<Manifest> manifests = manifests(definitions.read());
            try (Opened opened = target.open(screen)) {
                ClusterTarget cluster = opened.cluster();
                Rights rights = once ? cluster.rights(manifests) : cluster.rightsForEveryChange(manifests);
                show(
                        watching ? rights.forWatching() : rights,
                        account.substring(0, slash),
                        account.substring(slash + 1));
            }
            return ExitCode.OK;
        });
    }

    /** As the dialect writes them, wherever they go. */
    private List<Manifest> manifests(List<Definition> said) {
        Mesh nowhere = Mesh.of(dialect.dialect(), new Nowhere());
        Plan plan = nowhere.plan(said);
        if (!plan.problems().isEmpty()) {
            throw new ProblemsException("the definitions", plan.problems());
        }
        return nowhere.manifests(plan);
    }

    private void show(Rights rights, String namespace, String serviceAccount) {
        String roles = name == null ? "lintel" + target.inventorySuffix() : name;
        String yaml;
        try {
            yaml = rights.toYaml(roles, namespace, serviceAccount);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage() + "; see --account and --name");
        }
        if (!screen.isJson()) {
            screen.text(yaml);
            return;
        }
        ObjectNode tree = Json.head("rights", ExitCode.OK);
        tree.set("rules", Json.list(rights.rules(), RightsCommand::rule));
        rights.namespaces().forEach(tree.putArray("namespaces")::add);
        screen.json(tree.put("text", Json.clipped(yaml)));
    }

    private static ObjectNode rule(Rights.Rule rule) {
        ObjectNode tree = Json.object().put("namespace", rule.namespace()).put("group", rule.group());
        rule.resources().forEach(tree.putArray("resources")::add);
        rule.names().forEach(tree.putArray("names")::add);
        rule.verbs().forEach(tree.putArray("verbs")::add);
        return tree;
    }
}
