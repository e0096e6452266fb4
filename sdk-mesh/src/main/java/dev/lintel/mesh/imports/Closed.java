package dev.lintel.mesh.imports;

import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import java.util.List;

/** What is closed in a definition because an authorizer decides it that is in none of the objects. */
final class Closed {
    /** How the codes of such problems end, whoever reads the objects. */
    private static final String CODE = ".ext-auth";

    private Closed() {}

    /** What stands above the definition of an API, in sentences. */
    static List<String> comments(ApiModel api, List<Problem> problems) {
        String about = "of API " + api.id() + " ";
        return problems.stream()
                .filter(problem ->
                        problem.code().endsWith(CODE) && problem.message().contains(about))
                .map(problem ->
                        "Closed: " + problem.path() + " " + problem.message().replace(": " + about, " ") + ".")
                .distinct()
                .toList();
    }
}
