package dev.lintel.mesh.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import org.junit.jupiter.api.Test;

/** Whose paths may be another one's afterwards, by how they are matched. */
class GuestsTest {
    @Test
    void prefixesMeetWhereOneIsWithinTheOther() {
        assertThat(Guests.moved(new Passage(
                        route("{prefix: /a/}", "{prefix: /c/}"), route("{prefix: /d/}", "{prefix: /a/b/}"))))
                .containsExactly("orders", "stock");
        assertThat(Guests.moved(new Passage(
                        route("{prefix: /a/b/}", "{prefix: /c/}"), route("{prefix: /d/}", "{prefix: /a/}"))))
                .containsExactly("orders", "stock");
        assertThat(Guests.moved(
                        new Passage(route("{prefix: /a/}", "{prefix: /c/}"), route("{prefix: /d/}", "{prefix: /b/}"))))
                .isEmpty();
    }

    @Test
    void whatIsAskedWithoutAPathMeetsAll() {
        assertThat(Guests.moved(new Passage(route("{exact: /a}", "{exact: /c}"), route("{exact: /d}", "{}"))))
                .containsExactly("orders", "stock");
    }

    @Test
    void whatComesWithinWhatStaysIsTakenFromIt() {
        assertThat(Guests.moved(new Passage(
                        route("{prefix: /a/}", "{prefix: /c/}"), route("{prefix: /a/}", "{prefix: /a/b/}"))))
                .containsExactly("orders", "stock");
    }

    @Test
    void aPartWithoutAMatchTakesAll() {
        Manifest before = route("{exact: /a}", "{exact: /c}");
        Manifest after =
                part("{name: orders, match: [{uri: {exact: /d}}]}", "{name: stock, rewrite: {authority: stock.shop}}");

        assertThat(Guests.of(after)).containsExactly("orders", "stock");
        assertThat(Guests.moved(new Passage(before, after))).containsExactly("orders", "stock");
    }

    private static Manifest route(String orders, String stock) {
        return part(
                "{name: orders, match: [{uri: %s}]}".formatted(orders),
                "{name: stock, match: [{uri: %s}]}".formatted(stock));
    }

    private static Manifest part(String orders, String stock) {
        return ManifestYaml.read("""
                        apiVersion: networking.istio.io/v1
                        kind: VirtualService
                        metadata: {name: all.shop.example.com, namespace: shop, labels: {app.kubernetes.io/managed-by: lintel}}
                        spec:
                          hosts: [all.shop.example.com]
                          http:
                          - %s
                          - %s
                        """.formatted(orders, stock)).get(0);
    }
}
