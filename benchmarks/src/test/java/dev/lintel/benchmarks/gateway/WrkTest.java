package dev.lintel.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.benchmarks.gateway.Wrk.Load;
import org.junit.jupiter.api.Test;

class WrkTest {
    private static final String CLEAN = """
            Running 5s test @ http://127.0.0.1:42131/orders
              1 threads and 64 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency    23.10ms   51.09ms 601.76ms   96.32%
                Req/Sec     4.50k     1.92k    7.47k    68.00%
              Latency Distribution
                 50%  837.00us
                 75%   18.81ms
                 90%   30.76ms
                 99%    1.32s
              22441 requests in 5.02s, 3.57MB read
            Requests/sec:   4472.61
            Transfer/sec:    729.42KB
            """;

    @Test
    void readsWhatWrkPrints() {
        assertThat(Wrk.parse(CLEAN)).isEqualTo(new Load(22441, 4472.61, 0.837, 1320, 0));
    }

    @Test
    void countsRefusedAnswersAndBrokenConnectionsAsFailed() {
        String output = CLEAN.replace("Requests/sec", """
                  Socket errors: connect 1, read 20, write 300, timeout 4000
                  Non-2xx or 3xx responses: 50000
                Requests/sec""".stripTrailing());

        assertThat(Wrk.parse(output).failed()).isEqualTo(54321);
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> Wrk.parse("unable to connect"))
                .hasMessage("wrk did not print '(\\d+) requests in ', but:\nunable to connect");
    }
}
