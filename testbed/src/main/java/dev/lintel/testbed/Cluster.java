package dev.lintel.testbed;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real control plane on free ports of the loopback: no root, no containers, nobody else on it.
 *
 * <p>It knows Istio's, Gateway API's and Kyma's definitions, and istiod refuses what it refuses everywhere. There are no
 * nodes: Pods stay as they are written.
 */
public final class Cluster implements AutoCloseable {
    /** A label of objects that istiod's webhook is not asked about: what the definitions alone say to them. */
    public static final String UNHOOKED = "testbed.lintel.dev/unhooked";

    private static final int MOST_TRIES = 3;
    private static final String TAKEN = "address already in use";

    private final Programs programs;
    private final Path folder;
    private final String token = UUID.randomUUID().toString();
    private final Ports ports = new Ports(new Random());
    private final int port = ports.next();
    private final int etcd = ports.next();
    private final int monitoring = ports.next();
    private final Deque<Spawned> running = new ConcurrentLinkedDeque<>();
    private final AtomicInteger namespaces = new AtomicInteger();
    private final Thread atExit = new Thread(this::stop);

    private final Optional<Xds> xds;

    private Cluster(Programs programs, Path folder, Optional<Xds> xds) {
        this.programs = programs;
        this.folder = folder;
        this.xds = xds;
    }

    /**
     * Starts one; takes some seconds.
     *
     * @param programs what it is made of
     * @param definitions more folders or files of CustomResourceDefinitions
     * @return the cluster, when all of it answers and the webhook is in force
     */
    public static Cluster start(Programs programs, Path... definitions) {
        return start(programs, Optional.empty(), definitions);
    }

    /**
     * Starts one that serves proxies, if there is an address for them.
     *
     * @param programs what it is made of
     * @param xds how istiod serves proxies
     * @param definitions more folders or files of CustomResourceDefinitions
     * @return the cluster, when all of it answers and the webhook is in force
     */
    public static Cluster start(Programs programs, Optional<Xds> xds, Path... definitions) {
        for (int tries = 1; tries < MOST_TRIES; tries++) {
            try {
                return started(programs, xds, definitions);
            } catch (IllegalStateException e) {
                // A program that does not ask Ports may take one before ours listens there.
                if (!String.valueOf(e.getMessage()).contains(TAKEN)) {
                    throw e;
                }
            }
        }
        return started(programs, xds, definitions);
    }

    private static Cluster started(Programs programs, Optional<Xds> xds, Path... definitions) {
        try {
            Cluster cluster = new Cluster(programs, Files.createTempDirectory("lintel-cluster-"), xds);
            Runtime.getRuntime().addShutdownHook(cluster.atExit);
            try {
                cluster.start(List.of(definitions));
                return cluster;
            } catch (IOException | RuntimeException e) {
                cluster.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(List<Path> definitions) throws IOException {
        Files.createDirectory(folder.resolve("log"));
        secret("tokens.csv", token + ",admin,1,\"system:masters\"\n");
        secret("service-accounts.key", SigningKey.pem());
        running.push(Etcd.start(programs, folder, etcd, ports.next()));
        startApiServer();
        secret("kubeconfig", """
                {"apiVersion": "v1", "kind": "Config", "current-context": "testbed",
                 "contexts": [{"name": "testbed", "context": {"cluster": "testbed", "user": "admin"}}],
                 "clusters": [{"name": "testbed", "cluster": {"server": "%s", "certificate-authority": "%s"}}],
                 "users": [{"name": "admin", "user": {"token": "%s"}}]}
                """.formatted(server(), ApiServer.certificate(folder), token));
        // They come up while the definitions are written, and look for those that come later.
        Spawned istiod = launchIstiod();
        running.push(Controllers.start(programs, folder, kubeconfig(), ports.next()));
        define(definitions);
        Istiod.await(istiod, client());
    }

    /**
     * Ends a part of the cluster at once, as a crash does: only in a cluster that a test has for itself.
     *
     * @param program {@code kube-apiserver} or {@code istiod}
     */
    public void crash(String program) {
        running.removeIf(each -> {
            boolean meant = each.name().equals(program);
            if (meant) {
                each.kill();
            }
            return meant;
        });
    }

    /** Starts istiod, and waits until its webhook is in force. */
    public void startIstiod() {
        Istiod.await(launchIstiod(), client());
    }

    private Spawned launchIstiod() {
        Spawned istiod =
                Istiod.start(programs, folder, kubeconfig(), client(), new Istiod.Ways(ports, monitoring, xds));
        running.push(istiod);
        return istiod;
    }

    /** The control plane of the mesh, as it runs now. */
    public Spawned istiod() {
        return running.stream()
                .filter(each -> each.name().equals("istiod"))
                .findFirst()
                .orElseThrow();
    }

    /** Starts the apiserver, and waits until it is ready. */
    public void startApiServer() {
        Spawned server = ApiServer.start(programs, folder, port, etcd);
        running.push(server);
        Waiting.until(
                "the apiserver",
                server,
                () -> Files.exists(ApiServer.certificate(folder))
                        && client().ask("GET", "/readyz").succeeded());
    }

    /** Makes the definitions with which a cluster begins again, where they are gone. */
    public void define() {
        define(List.of());
    }

    private void define(List<Path> more) {
        List<String> apply = new ArrayList<>(List.of("apply", "--server-side", "--force-conflicts"));
        Stream.concat(Stream.of(programs.definitions()), more.stream()).forEach(file -> apply.add("-f=" + file));
        kubectl(apply);
        kubectl(List.of("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s"));
    }

    /**
     * Runs the client that everybody has.
     *
     * @param arguments for example {@code get pods}
     * @return what it printed
     * @throws IllegalStateException with what it printed, if it fails or takes more than five minutes
     */
    public String kubectl(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(programs.kubectl().toString(), "--kubeconfig=" + kubeconfig()));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String printed =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("kubectl " + arguments + " failed:\n" + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where istiod tells of itself and of its proxies, also after a restart. */
    public URI monitoring() {
        return URI.create("http://127.0.0.1:" + monitoring);
    }

    /** Where the apiserver listens. */
    public URI server() {
        return URI.create("https://127.0.0.1:" + port);
    }

    /** How clients find it: a file with the address, the certificate and the token of its administrator. */
    public Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    /** A client with the rights of the administrator. */
    public ApiClient client() {
        return new ApiClient(server(), ApiServer.certificate(folder), token);
    }

    /** The certificate of the mesh's own authority, in PEM. */
    public String meshRoot() {
        String[] found = {""};
        Waiting.until("the mesh's certificate", running.element(), () -> {
            Answer answer = client().ask("GET", "/api/v1/namespaces/istio-system/configmaps/istio-ca-root-cert");
            found[0] = answer.succeeded() ? text(answer.body(), "/data/root-cert.pem") : "";
            return !found[0].isEmpty();
        });
        return found[0];
    }

    private static String text(String document, String pointer) {
        try {
            return new ObjectMapper().readTree(document).at(pointer).asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a namespace that nobody else has.
     *
     * @return its name
     */
    public String namespace() {
        String name = "test-" + namespaces.incrementAndGet();
        namespace(name);
        return name;
    }

    /**
     * Makes a namespace, unless it is there.
     *
     * @param name its name
     */
    public void namespace(String name) {
        client().apply(
                        "/api/v1/namespaces/" + name,
                        "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"" + name
                                + "\"}}");
    }

    /**
     * Makes a service account without any rights, unless it is there.
     *
     * @param namespace where
     * @param account its name
     * @return a token of it, good for an hour
     */
    public String token(Namespace namespace, String account) {
        return token(namespace, account, "");
    }

    /**
     * Makes a service account without any rights, unless it is there.
     *
     * @param namespace where
     * @param account its name
     * @param audience whom the token is for; empty for the apiserver
     * @return a token of it, good for an hour
     */
    public String token(Namespace namespace, String account, String audience) {
        String path = "/api/v1/namespaces/" + namespace + "/serviceaccounts/" + account;
        client().apply(
                        path,
                        "{\"apiVersion\": \"v1\", \"kind\": \"ServiceAccount\", \"metadata\": {\"name\": \"" + account
                                + "\"}}");
        String body = client().send(
                        "POST",
                        path + "/token",
                        "application/json",
                        "{\"apiVersion\": \"authentication.k8s.io/v1\", \"kind\": \"TokenRequest\", \"spec\": {"
                                + (audience.isEmpty() ? "" : "\"audiences\": [\"" + audience + "\"], ")
                                + "\"expirationSeconds\": 3600}}")
                .expected("POST " + path + "/token")
                .body();
        return text(body, "/status/token");
    }

    private void secret(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    /** Ends everything that was started, and removes its files. */
    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void stop() {
        while (!running.isEmpty()) {
            running.pop().close();
        }
        ports.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
