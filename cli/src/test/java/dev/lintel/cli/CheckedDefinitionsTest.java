package dev.lintel.cli;

import static dev.lintel.cli.Samples.BROKEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with definitions is the result of a check, and keeps other commands from theirs. */
class CheckedDefinitionsTest {
    @TempDir
    Path folder;

    private Session session() {
        return new Session(folder).file("stock.yaml", BROKEN).file("route.yaml", """
                        apiVersion: networking.istio.io/v1
                        kind: VirtualService
                        metadata: {name: orders, namespace: shop}
                        spec: {hosts: [orders.example.com]}
                        """);
    }

    private static Session.Ran run(Session session, String line) {
        return session.run(line.split(" "));
    }

    @Test
    void allOfItIsOnStandardOutput() {
        Session.Ran read = run(session(), "check -f stock.yaml");

        assertThat(read.code()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(read.out()).startsWith("form.field policies[0].isuers: is not a field here");
        assertThat(read.err()).isEmpty();
        assertThat(run(session(), "check -f stock.yaml -o json").out())
                .contains("\"code\": \"form.field\"", "\"exitCode\": 1");
    }

    @Test
    void anotherCommandAndAFileThatIsMissingSayItOnStandardError() {
        Session.Ran plan = run(session(), "plan -f stock.yaml -d out");
        Session.Ran nowhere = run(session(), "check -f nowhere.yaml");

        assertThat(plan.out()).isEmpty();
        assertThat(plan.err()).startsWith("form.field ");
        assertThat(nowhere.out()).isEmpty();
        assertThat(nowhere.err()).startsWith("cli.file ");
    }

    /** In JSON each stands alone, because programs look for APIs by their names. */
    @Test
    void whatIsSoForSeveralApisIsToldOnce() {
        Session two = new Session(folder)
                .file("orders.yaml", Samples.ORDERS)
                .file("stock.yaml", Samples.ORDERS.replace("service: orders", "service: stock"));
        String told = run(two, "check -f orders.yaml -f stock.yaml").out();

        assertThat(told.lines().filter(line -> line.startsWith("warning istio.gateway-identity ")))
                .singleElement()
                .asString()
                .startsWith(
                        "warning istio.gateway-identity orders.shop, stock.shop: the ingress gateway must be known as ");
        assertThat(told.lines().filter(line -> line.startsWith("warning istio.strict-mtls ")))
                .as("of other workloads each")
                .hasSize(2);
        assertThat(run(two, "check -f orders.yaml -f stock.yaml -o json")
                        .out()
                        .lines()
                        .filter(line -> line.contains("\"istio.gateway-identity\"")))
                .hasSize(2);
    }

    @Test
    void anObjectOfAClusterIsToldFromADefinitionInOneProblem() {
        assertThat(run(session(), "check -f route.yaml").out())
                .startsWith("form.kind kind: must be ")
                .contains("but was 'VirtualService'", "'lintel import' makes definitions of such")
                .doesNotContain("form.field", "form.missing");
    }
}
