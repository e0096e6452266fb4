package dev.lintel.testbed.parity;

import dev.lintel.core.Definition;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.YamlTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The cases of one policy: definitions in their stored form, workloads, and requests.
 *
 * @param name of the file
 * @param policy as the table calls it
 * @param definitions all of them
 * @param workloads each as {@code app.namespace version}
 * @param hosts of servers outside
 * @param asks the rows about requests
 * @param exits the rows about calls that leave
 */
record CaseFile(
        String name,
        String policy,
        List<Definition> definitions,
        List<String> workloads,
        List<String> hosts,
        List<Ask> asks,
        List<Exit> exits) {
    private static final Path FOLDER = Path.of("src", "test", "resources", "parity");

    /** All files by their names, with values in place of {@code $names}. */
    static List<CaseFile> all(Map<String, String> values) {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<CaseFile> all = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file);
                for (Map.Entry<String, String> value : values.entrySet()) {
                    text = text.replace("$" + value.getKey(), value.getValue());
                }
                all.add(read(file.getFileName().toString(), text));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hosts outside to which nobody may go. */
    List<String> hostsOfNobody() {
        return hosts.stream()
                .filter(host -> exits.stream()
                        .filter(exit -> host.equals(exit.to().getHost()))
                        .allMatch(exit -> exit.expect().equals(Exit.REFUSED)))
                .toList();
    }

    private static CaseFile read(String name, String text) {
        List<String> definitions = new ArrayList<>();
        Map<?, ?> cases = Map.of();
        for (String document : text.split("\n---\n")) {
            Map<?, ?> said = (Map<?, ?>) YamlTrees.read(document).get(0);
            if (said.containsKey("kind")) {
                definitions.add(document);
            } else {
                cases = said;
            }
        }
        Map<String, TokenSpec> tokens = new HashMap<>();
        Ask.map(cases.get("tokens"))
                .forEach((token, said) ->
                        tokens.put(String.valueOf(token), TokenSpec.of(String.valueOf(token), (Map<?, ?>) said)));
        List<Ask> asks = new ArrayList<>();
        List<Exit> exits = new ArrayList<>();
        int rows = 0;
        for (Object row : (List<?>) cases.get("cases")) {
            Map<?, ?> said = (Map<?, ?>) row;
            String place = name + " " + ++rows;
            if (said.containsKey("leave")) {
                exits.addAll(Exit.of(place, said));
            } else {
                asks.addAll(Ask.of(place, said, cases, tokens));
            }
        }
        return new CaseFile(
                name,
                Ask.text(cases, "policy", ""),
                DefinitionFormat.yaml().readAll(String.join("\n---\n", definitions), name),
                Ask.texts(cases.get("workloads")),
                Ask.texts(cases.get("hosts")),
                List.copyOf(asks),
                List.copyOf(exits));
    }
}
