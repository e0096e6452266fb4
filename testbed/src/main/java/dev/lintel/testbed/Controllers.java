package dev.lintel.testbed;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The kube-controller-manager, with what ends namespaces, collects garbage and makes EndpointSlices, and nothing else. */
final class Controllers {
    private static final String WANTED = "namespace-controller,garbage-collector-controller,endpointslice-controller,"
            + "serviceaccount-controller,root-ca-certificate-publisher-controller";

    private Controllers() {}

    static Spawned start(Programs programs, Path folder, Path kubeconfig, int port) {
        return Spawned.start(
                "kube-controller-manager",
                folder,
                Map.of(),
                List.of(
                        programs.program("kube-controller-manager").toString(),
                        "--kubeconfig=" + kubeconfig,
                        "--authentication-skip-lookup",
                        "--leader-elect=false",
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--cert-dir=" + folder.resolve("controllers"),
                        "--concurrent-namespace-syncs=10",
                        "--controllers=" + WANTED));
    }
}
