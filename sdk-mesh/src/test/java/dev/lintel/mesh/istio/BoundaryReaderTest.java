package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Peer;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.ManifestYaml;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may call into a namespace whose boundary is said by several rules: whoever one of them refuses is refused. */
class BoundaryReaderTest {
    private static final String POLICY = """
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: %s, namespace: shop, labels: {app.kubernetes.io/managed-by: lintel}}
            spec:
              action: DENY
              rules:
            """;
    private static final String FRIENDS = "  - from: [{source: {notNamespaces: [shop, bank], notPrincipals:"
            + " [cluster.local/ns/money/sa/frontend, cluster.local/ns/web/sa/cron]}}]\n";
    private static final String OTHERS = "  - from: [{source: {notNamespaces: [shop, web], notPrincipals:"
            + " [cluster.local/ns/bank/sa/clerk, cluster.local/ns/money/sa/cron]}}]\n";
    private static final List<Peer> BOTH = List.of(Peer.parse("clerk.bank"), Peer.parse("cron.web"));

    @Test
    void rulesOfOnePolicy() {
        assertThat(from(POLICY.formatted("boundary") + FRIENDS + OTHERS)).isEqualTo(BOTH);
        assertThat(from(POLICY.formatted("boundary") + OTHERS + FRIENDS)).isEqualTo(BOTH);
    }

    @Test
    void rulesOfTwoPolicies() {
        assertThat(from(POLICY.formatted("one") + FRIENDS + "---\n" + POLICY.formatted("two") + OTHERS))
                .isEqualTo(BOTH);
    }

    @Test
    void twoWithNobodyInCommonLetNobodyIn() {
        assertThat(from(POLICY.formatted("boundary") + FRIENDS
                        + "  - from: [{source: {notNamespaces: [shop, elsewhere]}}]\n"))
                .isEmpty();
    }

    private static List<Peer> from(String yaml) {
        Read read = IstioDialect.istio().read(ManifestYaml.read(yaml));
        assertThat(read.problems()).isEmpty();
        assertThat(read.model().isolations())
                .extracting(IsolationRule::namespace)
                .containsExactly("shop");
        return read.model().isolations().get(0).from();
    }
}
