package dev.lintel.kubernetes.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A report reads like a plan. */
class PreflightReportTest {
    private static Problem problem(String code) {
        return new Problem(code, "Service shop/orders", "is not there", "create it", Origin.unknown());
    }

    @Test
    void problemsComeFirstAndEachHasItsWayOut() {
        PreflightReport report = new PreflightReport(
                List.of(problem("preflight.no-service")),
                List.of(problem("preflight.unchecked"), problem("preflight.headless")),
                Set.of());

        assertThat(report).hasToString("""
                problems:
                  (1) preflight.no-service Service shop/orders: is not there
                        create it
                warnings:
                  (1) preflight.unchecked Service shop/orders: is not there
                        create it
                  (2) preflight.headless Service shop/orders: is not there
                        create it
                1 problem, 2 warnings
                """);
        assertThat(new PreflightReport(List.of(), List.of(), Set.of()).render())
                .isEqualTo("nothing stands against it\n");
    }
}
