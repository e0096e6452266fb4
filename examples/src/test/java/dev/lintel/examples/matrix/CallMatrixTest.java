package dev.lintel.examples.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.examples.matrix.CallMatrix.Cell;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** All calls of two namespaces: what the evaluator decides is what the running gateway answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallMatrixTest {
    private List<Cell> cells = List.of();

    @BeforeAll
    void call() throws Exception {
        cells = CallMatrix.calls();
    }

    @Test
    void everyCallIsAnsweredAsItIsDecided() {
        assertThat(cells).hasSize(2 * (8 * 8 + 8)).allMatch(cell -> cell.decided() == cell.answered());
    }

    @Test
    void aServiceThatIsCalledSeesWhoCalls() {
        assertThat(cells)
                .filteredOn(cell -> cell.answered() == 200)
                .hasSize(59)
                .allMatch(cell -> cell.seen().equals(cell.caller()));
    }

    @Test
    void theTableIsTheOneThatTheDefinitionsMean() {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        CallMatrix.print(new PrintStream(told, true, StandardCharsets.UTF_8), cells);

        assertThat(told.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""
                GET /
                  who calls              frontend.shop orders.shop stock.shop payments.shop prometheus.monitoring grafana.monitoring alerts.monitoring store.monitoring
                  frontend.shop          200           200         403        200           403                   403                200               403
                  orders.shop            200           200         200        200           403                   403                403               403
                  stock.shop             200           200         403        403           403                   403                403               403
                  payments.shop          200           200         403        403           403                   403                403               403
                  prometheus.monitoring  200           200         403        200           200                   200                200               200
                  grafana.monitoring     403           403         403        403           200                   200                403               200
                  alerts.monitoring      403           403         403        403           200                   200                403               200
                  store.monitoring       403           403         403        403           200                   200                403               200
                  outside                200           401         403        200           200                   401                403               403

                GET /internal/report
                  who calls              frontend.shop orders.shop stock.shop payments.shop prometheus.monitoring grafana.monitoring alerts.monitoring store.monitoring
                  frontend.shop          200           200         403        403           403                   403                200               403
                  orders.shop            200           200         200        200           403                   403                403               403
                  stock.shop             200           200         403        403           403                   403                403               403
                  payments.shop          200           200         403        403           403                   403                403               403
                  prometheus.monitoring  200           200         403        403           200                   200                200               200
                  grafana.monitoring     403           403         403        403           200                   200                403               200
                  alerts.monitoring      403           403         403        403           200                   200                403               200
                  store.monitoring       403           403         403        403           200                   200                403               200
                  outside                200           401         403        403           200                   401                403               403

                144 of 144 calls were answered as the evaluator decides
                """);
    }
}
