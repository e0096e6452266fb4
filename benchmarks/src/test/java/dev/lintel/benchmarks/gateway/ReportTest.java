package dev.lintel.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.benchmarks.gateway.Report.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Report report = new Report();

    @Test
    void takesRatiosRoundByRound() {
        rows();

        assertThat(report.ratio("ours", "theirs", Sample::perSecond)).isEqualTo(new Spread(0.5, 1, 2));
    }

    @Test
    void printsLeastMedianAndMost() {
        rows();

        assertThat(report.table()).isEqualTo("""
                | contender | requests/s, thousands | CPU µs/request | p50 ms | p99 ms | RSS MiB | failed |
                |---|---|---|---|---|---|---|
                | ours | 1.0 – **3.0** – 4.0 | 10.0 – **10.0** – 10.0 | 0.50 – **0.50** – 0.50 | 9.0 – **9.0** – 9.0 | 200 | 3 |
                | theirs | 2.0 – **2.0** – 3.0 | 10.0 – **10.0** – 10.0 | 0.50 – **0.50** – 0.50 | 9.0 – **9.0** – 9.0 | 200 | 3 |
                """);
        assertThat(report.ratios("theirs")).isEqualTo("""
                | against theirs | requests/s | CPU/request |
                |---|---|---|
                | ours | 0.50 – **1.00** – 2.00 | 1.00 – **1.00** – 1.00 |
                """);
    }

    @Test
    void namesAMiss() {
        rows();

        assertThat(Bars.judge(report, "ours", "theirs", "theirs", List.of("theirs")))
                .isEqualTo("""
                | figure | wanted | median | |
                |---|---|---|---|
                | pass-through, requests/s against nginx | ≥ 0.85 | 1.00 | met |
                | pass-through, CPU/request of theirs against ours | > 1 | 1.00 | **missed** |
                | with JWT, requests/s against own pass-through | ≥ 0.9 | 1.00 | met |
                """);
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Spread(1, 2.5, 4));
    }

    private void rows() {
        for (double[] round : new double[][] {{1_000, 2_000}, {4_000, 2_000}, {3_000, 3_000}}) {
            report.add("ours", new Sample(round[0], 10, 0.5, 9, 200, 1));
            report.add("theirs", new Sample(round[1], 10, 0.5, 9, 200, 1));
        }
    }
}
