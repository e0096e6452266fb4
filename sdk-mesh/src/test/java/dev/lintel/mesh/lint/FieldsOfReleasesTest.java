package dev.lintel.mesh.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.mesh.gatewayapi.GatewayApiVersion;
import dev.lintel.mesh.istio.IstioVersion;
import dev.lintel.testkit.GoTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The fields that the linter knows are those of the resource definitions of all releases that are written for; {@code
 * -Dgolden=write} writes them anew.
 */
@Tag("crd-judge")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class FieldsOfReleasesTest {
    private static final Path TABLE =
            Path.of("src", "main", "resources", "dev", "lintel", "mesh", "lint", "fields.txt");
    /** Groups of one product in one release only; what another release has is not known. */
    private static final Set<String> LEFT_OUT = Set.of("gateway.envoyproxy.io");

    @Test
    void theTableIsWhatTheDefinitionsSay() throws IOException {
        Optional<Path> judge = GoTool.build("testkit/crd-judge.sh", false);
        Assumptions.assumeTrue(judge.isPresent(), "there is no Go of which crd-judge could be built");
        SortedMap<String, CrdField> specs = new TreeMap<>();
        Map<String, Set<String>> versions = new LinkedHashMap<>();
        IstioVersion[] istio = IstioVersion.values();
        GatewayApiVersion[] gateways = GatewayApiVersion.values();
        for (int i = 0; i < Math.max(istio.length, gateways.length); i++) {
            for (String channel : List.of("standard", "experimental")) {
                List<String> chosen = List.of(
                        "-istio",
                        istio[Math.min(i, istio.length - 1)].toString(),
                        "-gateway-api",
                        gateways[Math.min(i, gateways.length - 1)].toString(),
                        "-channel",
                        channel,
                        "-list");
                GoTool.Ran ran = GoTool.run(judge.orElseThrow(), chosen, "");
                assertThat(ran.status()).as(ran.text()).isZero();
                read(ran.text(), specs, versions);
            }
        }
        SortedMap<String, CrdField> kinds = new TreeMap<>();
        specs.forEach((kind, spec) -> kinds.put(kind + " " + String.join(" ", versions.get(kind)), spec));
        String table = """
            # The fields of specifications, out of the resource definitions of Istio %s to %s, of Gateway API %s to %s in both
            # channels, and ours of APIRule: all that one of them takes. FieldTable reads it, FieldsOfReleasesTest writes it.
            # name: a text; name:form, a range or any; name=values; name[] a list; name{fields}; name$shape; * is any name.
            """.formatted(istio[0], istio[istio.length - 1], gateways[0], gateways[gateways.length - 1])
                + CrdText.of(kinds);
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(TABLE, table);
        }

        assertThat(kinds).hasSizeGreaterThan(20);
        assertThat(table).as("%s (rewrite with -Dgolden=write)", TABLE).isEqualTo(Files.readString(TABLE));
    }

    private static void read(String lines, Map<String, CrdField> specs, Map<String, Set<String>> versions)
            throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (String line : lines.lines().toList()) {
            JsonNode definition = json.readTree(line);
            String group = definition.path("group").asText();
            String kind = group + "/" + definition.path("kind").asText();
            if (!LEFT_OUT.contains(group)) {
                versions.computeIfAbsent(kind, any -> new TreeSet<>())
                        .add(definition.path("version").asText());
                specs.computeIfAbsent(kind, any -> new CrdField())
                        .add(definition.path("schema").path("properties").path("spec"), List.of());
            }
        }
    }
}
