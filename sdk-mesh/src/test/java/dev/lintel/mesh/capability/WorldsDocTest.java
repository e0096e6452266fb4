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
        return page.append(Measured.section(
                        worlds.get(0).dialect().capabilities(), worlds.get(0).deviations()))
                .toString();
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
