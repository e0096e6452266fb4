package dev.lintel.testbed.plane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.testbed.Cluster;
import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.Spawned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Istio's agent, which asks istiod for certificates and configuration, with the Envoy that it starts. */
final class Agent {
    /** The user whose connections are not caught. */
    static final int USER = 1337;

    /** Where it tells whether its Envoy is ready. */
    static final String READY = "127.0.0.1:15020";

    /** Where its Envoy tells about itself. */
    static final String ADMIN = "127.0.0.1:15000";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Agent() {}

    /** Starts one as {@code sidecar} or {@code router}. */
    static Spawned start(Cluster cluster, Sandbox sandbox, String type, Workload workload, String address, String xds) {
        if (type.equals("sidecar")) {
            catchConnections(sandbox);
        }
        Path own = sandbox.folder();
        try {
            Path tokens = Files.createDirectories(own.resolve("var/run/secrets/tokens"));
            Path root = Files.createDirectories(own.resolve("var/run/secrets/istio"));
            Files.createDirectories(own.resolve("etc/istio/proxy"));
            Files.createDirectories(own.resolve("etc/istio/pod"));
            Files.writeString(
                    tokens.resolve("istio-token"),
                    cluster.token(new Namespace(workload.namespace()), workload.account(), "istio-ca"));
            Files.writeString(root.resolve("root-cert.pem"), cluster.meshRoot());
            Sandbox.runHere(List.of("chown", "-R", USER + ":" + USER, own.toString()));
            return sandbox.start(
                    "agent",
                    USER,
                    Map.ofEntries(
                            Map.entry("CLOUD_PLATFORM", "none"),
                            Map.entry("POD_NAME", workload.name()),
                            Map.entry("POD_NAMESPACE", workload.namespace()),
                            Map.entry("SERVICE_ACCOUNT", workload.account()),
                            Map.entry("INSTANCE_IP", address),
                            Map.entry("HOST_IP", address),
                            Map.entry("TRUST_DOMAIN", "cluster.local"),
                            Map.entry("ISTIOD_SAN", "istiod.istio-system.svc"),
                            Map.entry("ISTIO_META_CLUSTER_ID", "Kubernetes"),
                            Map.entry("ISTIO_META_NODE_NAME", "node0"),
                            Map.entry("ISTIO_META_INTERCEPTION_MODE", "REDIRECT"),
                            Map.entry("ISTIO_META_DNS_CAPTURE", Boolean.toString(type.equals("sidecar"))),
                            Map.entry("ISTIO_META_WORKLOAD_NAME", workload.name()),
                            Map.entry("ISTIO_METAJSON_LABELS", JSON.writeValueAsString(workload.labels())),
                            Map.entry("ECC_SIGNATURE_ALGORITHM", "ECDSA"),
                            Map.entry("ISTIO_BOOTSTRAP", Sandbox.PROGRAMS + "/bootstrap.json"),
                            Map.entry("PROXY_CONFIG", """
                                    {"discoveryAddress": "%s", "binaryPath": "%s/envoy", "concurrency": 1, \
                                    "statusPort": 15020, "terminationDrainDuration": "0.1s", \
                                    "fileFlushInterval": "0.1s", \
                                    "proxyStatsMatcher": {"inclusionPrefixes": ["cluster.outbound"]}}""".formatted(xds, Sandbox.PROGRAMS))),
                    List.of(
                            Sandbox.PROGRAMS + "/pilot-agent",
                            "proxy",
                            type,
                            "--domain",
                            workload.namespace() + ".svc.cluster.local",
                            "--proxyLogLevel=warning"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All connections in and out go through the sidecar, and so do questions for names. */
    private static void catchConnections(Sandbox sandbox) {
        String user = Integer.toString(USER);
        sandbox.run(List.of(
                Sandbox.PROGRAMS + "/pilot-agent",
                "istio-iptables",
                "-p=15001",
                "-z=15006",
                "-u=" + user,
                "-g=" + user,
                "-m=REDIRECT",
                "-i=*",
                "-b=*",
                "-d=15090,15021,15020",
                "--redirect-dns"));
    }
}
