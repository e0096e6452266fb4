package dev.lintel.mesh.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.capability.Capability.Support;
import dev.lintel.mesh.capability.Worlds.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page about worlds says what the dialects say; {@code -Dgolden=write} writes it anew. */
class WorldsDocTest {
    private static final Path PAGE = Path.of("..", "docs", "worlds.md");
    private static final String HEAD = """
            # Worlds

            What each world does with each thing that a definition can say. This page is made from what the dialects declare
            about themselves, and a test compares the two.

            - **yes**: it means what it means everywhere.
            - **noted**: it is enforced, with a prerequisite or a deviation that the plan names.
            - **no**: it is a problem at `plan`, and nothing is written.

            How hard a promise is: *hard* holds against the workload itself, *proxy* holds as long as calls go through the
            proxies of the mesh.

            """;

    private static final Path MEASURED = Path.of("..", "testbed", "src", "test", "golden", "parity.md");
    private static final String MEASURING = """

            ## Measured in a real mesh

            The same requests are answered by the evaluator, by the gateway of this JVM over real connections, by real Envoys that the
            real istiod has configured after a plan and an apply (Istio, sidecars), and by what is read of the objects in the cluster.
            Verdict, status, version, path and headers are compared, and counts where something is drawn. A case is a row of
            `testbed/src/test/resources/parity`; where the mesh answers otherwise, it names the deviation that the plan lists. `mvn verify
            -Pmesh` asks again, and puts at least 2,000 requests about drawn definitions beside them. Logins, external authorizers, what
            leaves, breakers and load balancing are not among the cases.

            """;
    /** Which programs are measured is said where they are built. */
    private static final Path PROGRAMS = Path.of("..", "testbed", "data-plane", "build.sh");

    @Test
    void thePageSaysWhatTheDialectsSay() throws IOException {
        String page = page(Worlds.all());
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, page);
        }

        assertThat(page)
                .as("%s (rewrite with -Dgolden=write)", PAGE)
                .isEqualTo(Files.exists(PAGE) ? Files.readString(PAGE) : "");
    }

    private static String page(List<World> worlds) throws IOException {
        StringBuilder page = new StringBuilder(HEAD).append("| what | policy |");
        worlds.forEach(world -> page.append(' ').append(world.name()).append(" |"));
        page.append("\n|---|---|").append("---|".repeat(worlds.size())).append('\n');
        for (Feature feature : Feature.values()) {
            page.append("| ")
                    .append(cell(feature.text()))
                    .append(" | `")
                    .append(feature.kind())
                    .append("` |");
            worlds.forEach(world ->
                    page.append(' ').append(briefly(of(world, feature))).append(" |"));
            page.append('\n');
        }
        worlds.forEach(world -> world(page, world));
        return page.append(MEASURING)
                .append("Measured with Istio " + program("ISTIO") + " and Envoy " + program("ENVOY") + ".\n\n")
                .append(Files.readString(MEASURED))
                .toString();
    }

    private static String program(String name) throws IOException {
        String script = Files.readString(PROGRAMS);
        return script.substring(script.indexOf(name + "=") + name.length() + 1).split("\\s", 2)[0];
    }

    private static void world(StringBuilder page, World world) {
        page.append("\n## ")
                .append(world.name())
                .append("\n\n| what | strength | by what, or what to say instead |\n|---|---|---|\n");
        for (Capability one : world.dialect().capabilities()) {
            page.append("| ")
                    .append(cell(one.feature().text()))
                    .append(" | ")
                    .append(one.support() == Support.REFUSED ? "no" : word(one.strength()))
                    .append(" | ")
                    .append(cell(one.how()))
                    .append(" |\n");
        }
        page.append("\nWhere it answers differently:\n\n| code | how |\n|---|---|\n");
        world.deviations()
                .forEach(one -> page.append("| `")
                        .append(one.code())
                        .append("` | ")
                        .append(cell(one.text()))
                        .append(" |\n"));
    }

    private static Capability of(World world, Feature feature) {
        return world.dialect().capabilities().stream()
                .filter(one -> one.feature() == feature)
                .findFirst()
                .orElseThrow();
    }

    private static String briefly(Capability capability) {
        String since = capability.since().isEmpty() ? "" : " since " + capability.since();
        return switch (capability.support()) {
            case ENFORCED -> "yes" + since;
            case NOTED -> "noted" + since;
            case REFUSED -> "no";
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** A bar would end the cell. */
    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
