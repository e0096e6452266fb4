package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.mesh.ManifestYaml;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** To whom the paths of a host belong that APIs share: to who gets them first, whatever else is asked. */
class GuestReaderTest {
    private static final String PLAIN = "{name: orders, match: [{uri: {exact: /a}}, {uri: {exact: /a/}}]}";
    private static final String OTHER = "{name: stock, match: [{uri: {exact: /b}}, {uri: {exact: /b/}}]}";

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void aRuleThatDoesNotTakeAPathLeavesItToTheNext() {
        GuestReader reader = read(PLAIN, OTHER);

        assertThat(problems).isEmpty();
        assertThat(reader.claims("orders.shop")).containsExactly(PathPattern.parse("/a"));
        assertThat(reader.claims("stock.shop")).containsExactly(PathPattern.parse("/b"));
        assertThat(reader.others("orders.shop")).containsExactly(PathPattern.parse("/b"));
        assertThat(reader.others("stock.shop")).containsExactly(PathPattern.parse("/a"));
    }

    @Test
    void aRuleThatTakesAPathAsItIsLeavesNothingToTheNext() {
        GuestReader reader = read(PLAIN, PLAIN.replace("orders", "stock"), OTHER);

        assertThat(problems).isEmpty();
        assertThat(reader.claims("orders.shop")).containsExactly(PathPattern.parse("/a"));
        assertThat(reader.others("stock.shop")).containsExactly(PathPattern.parse("/a"));
    }

    @Test
    void aRuleThatAsksForAHeaderLeavesTheRestToTheNextWhichIsTold() {
        String asking = "{name: stock, match: [{uri: {exact: /a}, headers: {x: {exact: '1'}}},"
                + " {uri: {exact: /a/}, headers: {x: {exact: '1'}}}]}";
        GuestReader unusedReader = read(asking, PLAIN);

        assertThat(problems)
                .extracting(Problem::message)
                .containsExactly("spec: does not tell by the path alone to which API '/a' belongs: [stock, orders]");
    }

    private GuestReader read(String... rules) {
        return GuestReader.of(ManifestYaml.read("""
                        apiVersion: networking.istio.io/v1
                        kind: VirtualService
                        metadata: {name: all, namespace: shop, labels: {app.kubernetes.io/managed-by: lintel}}
                        spec: {hosts: [all.example.com], gateways: [istio-system/shop], http: [%s]}
                        """.formatted(String.join(", ", rules))), problems);
    }
}
