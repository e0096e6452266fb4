package dev.lintel.benchmarks.gateway;

import dev.lintel.benchmarks.gateway.Report.Sample;
import java.util.List;
import java.util.Locale;

/** What the gateway set out to reach, beside what was measured. */
final class Bars {
    private Bars() {}

    static String judge(Report report, String own, String ownWithToken, String nginx, List<String> jvmPeers) {
        StringBuilder text = new StringBuilder("| figure | wanted | median | |\n|---|---|---|---|\n");
        double throughput = report.ratio(own, nginx, Sample::perSecond).median();
        line(text, "pass-through, requests/s against nginx", "≥ 0.85", throughput, throughput >= 0.85);
        for (String peer : jvmPeers) {
            double cost = report.ratio(peer, own, Sample::cpuMicros).median();
            line(text, "pass-through, CPU/request of " + peer + " against ours", "> 1", cost, cost > 1);
        }
        double kept = report.ratio(ownWithToken, own, Sample::perSecond).median();
        line(text, "with JWT, requests/s against own pass-through", "≥ 0.9", kept, kept >= 0.9);
        return text.toString();
    }

    private static void line(StringBuilder text, String figure, String wanted, double median, boolean met) {
        text.append(String.format(
                Locale.ROOT, "| %s | %s | %.2f | %s |%n", figure, wanted, median, met ? "met" : "**missed**"));
    }
}
