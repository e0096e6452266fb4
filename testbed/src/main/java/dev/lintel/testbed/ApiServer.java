package dev.lintel.testbed;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The kube-apiserver: it listens on the loopback alone, with a certificate that it makes itself. */
final class ApiServer {
    private static final String SERVICE_ACCOUNTS = "https://kubernetes.default.svc.cluster.local";

    private ApiServer() {}

    static Spawned start(Programs programs, Path folder, int port, int etcd) {
        Path key = folder.resolve("service-accounts.key");
        return Spawned.start(
                "kube-apiserver",
                folder,
                Map.of(),
                List.of(
                        programs.program("kube-apiserver").toString(),
                        "--etcd-servers=http://127.0.0.1:" + etcd,
                        "--cert-dir=" + folder.resolve("certificates"),
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--endpoint-reconciler-type=none",
                        "--service-cluster-ip-range=10.96.0.0/16",
                        "--service-account-issuer=" + SERVICE_ACCOUNTS,
                        "--service-account-key-file=" + key,
                        "--service-account-signing-key-file=" + key,
                        "--authorization-mode=RBAC",
                        "--token-auth-file=" + folder.resolve("tokens.csv"),
                        "--disable-admission-plugins=ServiceAccount",
                        "--profiling=false"));
    }

    static Path certificate(Path folder) {
        return folder.resolve("certificates").resolve("apiserver.crt");
    }
}
