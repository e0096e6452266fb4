package dev.lintel.mesh.imports;

import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.mesh.kyma.KymaDialect;

/** The cases of goldens: how each is imported is told by the first word of its name. */
final class ImportCases {
    private ImportCases() {}

    static Imported imported(String name, String text) {
        if (name.startsWith("kyma ")) {
            return Import.by(KymaDialect.kyma().domain("example.com")).yaml(text, "shop");
        }
        if (name.startsWith("gateway api ")) {
            return Import.by(GatewayApiDialect.gatewayApi().domain("example.com"))
                    .yaml(text, "shop");
        }
        Import by = Import.by(IstioDialect.istio().domain("example.com"));
        return name.startsWith("spring") ? by.springCloudGateway(text, "shop") : by.yaml(text, "shop");
    }

    /** Everything that an import says, or why it says nothing. */
    static String told(String name, String text) {
        try {
            return told(imported(name, text));
        } catch (IllegalArgumentException e) {
            return "refused: " + e.getMessage() + "\n";
        }
    }

    private static String told(Imported imported) {
        StringBuilder out = new StringBuilder();
        out.append(imported.isProven() ? "decides alike" : "does not decide alike everywhere")
                .append('\n');
        imported.problems()
                .forEach(problem -> out.append("problem: ")
                        .append(problem.code())
                        .append(' ')
                        .append(problem.path())
                        .append(": ")
                        .append(problem.message())
                        .append(problem.origin().after(" at "))
                        .append('\n'));
        imported.notes()
                .forEach(note -> out.append("note: ")
                        .append(note.path())
                        .append(": ")
                        .append(note.message())
                        .append(note.origin().after(" at "))
                        .append('\n'));
        imported.differences()
                .forEach(
                        difference -> out.append("differs: ").append(difference).append('\n'));
        return out.append("\n")
                .append(imported.stored())
                .append("\n")
                .append(imported.source())
                .toString();
    }
}
