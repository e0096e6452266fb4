package dev.lintel.mesh.imports;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In a definition HEAD follows GET; an import never opens it by that, and says where it does not. */
class HeadFollowsGetTest {
    private static final Token TOKEN =
            new Token.Verified("https://id.example", "alice", List.of(), List.of(), Map.of("role", "clerk"));
    private static final String ISSUER = """
            apiVersion: security.istio.io/v1
            kind: RequestAuthentication
            metadata: {name: tokens}
            spec:
              jwtRules: [{issuer: https://id.example, forwardOriginalToken: true}]
            """;
    private static final String ANSWERED = "respond(Match.match(\"HEAD /**\"), 403, \"\")";

    private static Imported imported(String rules) {
        String policy = "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: rules}\nspec:\n"
                + "  rules:\n" + rules;
        return Import.by(istio().domain("example.com"))
                .yaml(
                        String.join(
                                "---\n",
                                SmallObjects.ISTIO_GATEWAY,
                                SmallObjects.SERVICE,
                                SmallObjects.VIRTUAL_SERVICE,
                                ISSUER,
                                policy),
                        "shop");
    }

    private static String rule(String from, String methods, String when) {
        return "  - {" + from + "to: [{operation: {methods: " + methods + "}}]" + when + "}\n";
    }

    private static Decision decide(Imported imported, String method, Token token) {
        return Evaluator.of(Definitions.model(imported.definitions()))
                .decide(
                        RequestValue.of(method, "orders.shop.example.com", "/a", null)
                                .token(token),
                        bound -> 0);
    }

    private static List<String> unsaid(Imported imported) {
        return imported.problems().stream()
                .filter(problem -> problem.code().equals("import.unsaid"))
                .map(Problem::message)
                .toList();
    }

    @Test
    void anAllowedGetOpensNoHead() {
        Imported imported = imported(rule("from: [{source: {requestPrincipals: ['*']}}], ", "[GET]", ""));

        assertThat(decide(imported, "GET", TOKEN)).isInstanceOf(Decision.Forward.class);
        assertThat(decide(imported, "HEAD", TOKEN)).isNotInstanceOf(Decision.Forward.class);
        assertThat(imported.source())
                .contains(ANSWERED)
                .contains("// HEAD /** is refused, and GET needs any token; a definition has no rule for HEAD");
        assertThat(unsaid(imported)).isEmpty();
        assertThat(imported.differences())
                .allMatch(difference -> difference.contains("is answered 403 by what was read, and answered 401 by the"
                        + " definition (AuthorizationPolicy shop/rules spec at text:"))
                .anyMatch(
                        difference -> difference.startsWith("HEAD http://orders.shop.example.com/ without a token is "))
                .doesNotHaveDuplicates();
    }

    @Test
    void anOpenGetWithoutHeadIsProven() {
        Imported imported = imported(rule("", "[GET]", ""));

        assertThat(imported.source()).contains(ANSWERED);
        assertThat(unsaid(imported)).isEmpty();
        assertThat(imported.differences()).isEmpty();
    }

    @Test
    void whereHeadNeedsMoreThanGetItIsClosedAndTold() {
        Imported imported = imported(rule("from: [{source: {requestPrincipals: ['*']}}], ", "[GET]", "")
                + rule("", "[HEAD]", ", when: [{key: 'request.auth.claims[role]', values: [clerk]}]"));

        assertThat(decide(imported, "HEAD", TOKEN)).isNotInstanceOf(Decision.Forward.class);
        assertThat(unsaid(imported))
                .singleElement()
                .asString()
                .contains(
                        "HEAD /** needs claim role=clerk, and GET needs any token; a definition has no rule for HEAD");
        assertThat(imported.isProven()).isFalse();
        assertThat(imported.differences())
                .anyMatch(
                        difference -> difference.startsWith("the definition differs: orders.shop: now denied: HEAD /**")
                                && difference.contains("; for example HEAD http://orders.shop.example.com/"));
    }

    @Test
    void whereHeadNeedsLessThanGetItFollows() {
        Imported imported =
                imported(rule("from: [{source: {requestPrincipals: ['*']}}], ", "[GET]", "") + rule("", "[HEAD]", ""));

        assertThat(imported.source()).doesNotContain("403").contains("here HEAD follows GET");
        assertThat(decide(imported, "HEAD", Token.NONE)).isNotInstanceOf(Decision.Forward.class);
        assertThat(unsaid(imported)).hasSize(1);
        assertThat(imported.differences()).isNotEmpty().doesNotHaveDuplicates();
    }
}
