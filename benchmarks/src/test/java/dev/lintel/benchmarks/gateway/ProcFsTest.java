package dev.lintel.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcFsTest {
    @Test
    void addsUserAndSystemTimeWhateverTheCommandIsCalled() {
        String stat = "4711 (a (b) c) S 1 4711 4711 0 -1 4194560 900 0 7 0 1234 56 0 0 20 0 31 0 99 0 0";

        assertThat(ProcFs.ticks(stat)).isEqualTo(1290);
    }

    @Test
    void readsResidentMemory() {
        assertThat(ProcFs.residentKib("Name:\tjava\nVmHWM:\t  99 kB\nVmRSS:\t  1234 kB\n"))
                .isEqualTo(1234);
    }
}
