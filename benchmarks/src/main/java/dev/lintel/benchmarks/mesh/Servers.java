package dev.lintel.benchmarks.mesh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The programs of one control plane, which run on the same processors as the clients that are measured. */
final class Servers {
    private static final List<String> NAMES = List.of("etcd", "kube-apiserver", "pilot-discovery");

    private final String folder;

    /**
     * Those of one cluster.
     *
     * @param kubeconfig of it, beside what else it keeps
     */
    Servers(Path kubeconfig) {
        this.folder = String.valueOf(kubeconfig.getParent());
    }

    /** The processor time that each has taken since it was started, by its name, in seconds. */
    Map<String, Double> processors() {
        Map<String, Double> spent = new TreeMap<>();
        ProcessHandle.allProcesses().map(ProcessHandle::info).forEach(process -> {
            String command = process.command().orElse("");
            String name = command.substring(command.lastIndexOf('/') + 1);
            boolean here =
                    Arrays.stream(process.arguments().orElse(new String[0])).anyMatch(each -> each.contains(folder));
            if (NAMES.contains(name) && here) {
                spent.put(name, process.totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3);
            }
        });
        if (spent.size() != NAMES.size()) {
            throw new IllegalStateException("of " + NAMES + " there are " + spent.keySet());
        }
        return spent;
    }
}
