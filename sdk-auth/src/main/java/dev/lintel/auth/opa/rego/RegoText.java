package dev.lintel.auth.opa.rego;

import dev.lintel.core.evaluate.Token;
import dev.lintel.core.evaluate.Token.Verified;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the modules together: what is the same for all models is a resource, what the model says is tables. */
final class RegoText {
    /** OPA gives each test five seconds. */
    private static final int TOGETHER = 50;

    private RegoText() {}

    static String module(Rego rego) {
        StringBuilder out = new StringBuilder(
                "# Made from access rules; what is changed here is lost when it is made" + " again.\n");
        rego.notes().forEach(note -> out.append("# - ").append(plain(note)).append('\n'));
        out.append("\npackage ").append(rego.pack()).append("\n\n");
        out.append(resource("decide.rego")).append('\n');
        if (rego.decodes()) {
            out.append(resource("decoded.rego")).append('\n');
        } else {
            out.append("known_keys := data.").append(rego.pack()).append(".jwks\n\n");
            out.append(resource("verified.rego")).append('\n');
        }
        out.append("trust_domain := ")
                .append(Literal.of("spiffe://" + rego.trustDomain() + "/ns/"))
                .append("\n\n");
        return out.append(Tables.of(rego.model())).toString();
    }

    static String tests(Rego rego) {
        String token = "data." + rego.pack() + ".token";
        StringBuilder out = new StringBuilder("package ").append(rego.pack()).append("_test\n\n");
        out.append("allow(c) := result if {\n\tresult := data.")
                .append(rego.pack())
                .append(".allow with input as asked(c) with ")
                .append(token)
                .append(" as c.token\n}\n\n");
        out.append("asked(c) := {\n\t\"attributes\": {\"request\": {\"http\": {\"method\": c.method, \"host\": c.host,"
                + " \"path\": c.path, \"headers\": {}}}},\n\t\"source_principal\": c.principal,\n}\n\n");
        out.append("passes(c) if {\n\tresult := allow(c)\n\tresult.allowed == c.allowed\n"
                + "\tobject.get(result, \"http_status\", 200) == c.status\n}\n");
        Expected expected = new Expected(rego.model());
        List<Case> cases = new Classes(rego).all();
        for (int from = 0; from < cases.size(); from += TOGETHER) {
            String name = Integer.toString(from / TOGETHER + 1);
            out.append("\ntest_classes_").append(name).append("[c.note] if {\n\tsome c in cases_");
            out.append(name).append("\n\tpasses(c)\n}\n\ncases_").append(name).append(" := [\n");
            for (int i = from; i < Math.min(cases.size(), from + TOGETHER); i++) {
                out.append('\t')
                        .append(Literal.of(row(i + 1, cases.get(i), expected)))
                        .append(",\n");
            }
            out.append("]\n");
        }
        return out.toString();
    }

    private static Map<String, Object> row(int number, Case one, Expected expected) {
        int status = expected.status(one.request());
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("note", number + " " + one.note());
        row.put("method", one.method());
        row.put("host", one.host());
        row.put("path", one.path());
        row.put("principal", one.principal());
        row.put("token", token(one.token()));
        row.put("allowed", status == Expected.ALLOWED);
        row.put("status", status);
        return row;
    }

    /** What the policy makes of a token. */
    static Map<String, Object> token(Token token) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (token instanceof Verified verified) {
            out.put("kind", "verified");
            out.put("issuer", verified.issuer());
            out.put("audiences", verified.audiences());
            out.put("scopes", verified.scopes());
            out.put("claims", verified.claims());
        } else if (token instanceof Token.None) {
            out.put("kind", "none");
        } else {
            out.put("kind", token instanceof Token.Rejected ? "rejected" : "unverifiable");
        }
        return out;
    }

    /** Comments end with their line, so nothing may end it. */
    private static String plain(String note) {
        return note.replaceAll("[^ -~]", "?");
    }

    private static String resource(String name) {
        try (InputStream in = RegoText.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
