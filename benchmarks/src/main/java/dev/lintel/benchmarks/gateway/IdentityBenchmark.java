package dev.lintel.benchmarks.gateway;

import dev.lintel.benchmarks.gateway.Children.Server;
import dev.lintel.benchmarks.gateway.Report.Sample;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What it costs that clients show certificates: mTLS on the gateway's listener for workloads against TLS on the one for
 * everybody, in one process and in turns; on connections that stay open, and with a handshake for each request.
 */
public final class IdentityBenchmark {
    private static final String TLS = "TLS";
    private static final String MTLS = "mTLS";
    private static final double LEAST = 0.9;

    private IdentityBenchmark() {}

    private record Side(String name, TlsLoad load, boolean open) {}

    /**
     * Runs the comparison.
     *
     * @param arguments {@code --rounds}, {@code --seconds}, {@code --warm-up}
     * @throws Exception if the gateway does not start or does not answer as it should
     */
    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.parse(arguments);
        Path directory = Files.createTempDirectory("identity-benchmark");
        Report report = new Report();
        try (Children children = new Children(directory)) {
            int upstream = Children.freePort();
            String configuration = Upstream.service(upstream, new Identity("http://127.0.0.1:" + upstream));
            children.listeningAt(upstream, "upstream", Upstream.command(directory.resolve("upstream"), configuration));
            Server server = start(children, upstream, directory);
            int inside = Integer.parseInt(Files.readString(directory.resolve("inside.port")));
            TlsLoad tls =
                    new TlsLoad(context(directory, "everybody.pem", false), IdentityProxy.EVERYBODY, server.port());
            TlsLoad mtls = new TlsLoad(context(directory, "inside.pem", true), IdentityProxy.INSIDE, inside);
            List<Side> sides = List.of(
                    new Side(TLS, tls, true),
                    new Side(MTLS, mtls, true),
                    new Side(TLS + " handshakes", tls, false),
                    new Side(MTLS + " handshakes", mtls, false));
            for (Side side : sides) {
                side.load().run(settings.warmUp(), side.open());
            }
            for (int round = 0; round < settings.rounds(); round++) {
                List<Side> order = new ArrayList<>(sides);
                Collections.rotate(order, round);
                for (Side side : order) {
                    Sample sample = sample(server, side, settings.time());
                    report.add(side.name(), sample);
                    System.out.printf(
                            Locale.ROOT,
                            "round %d/%d %s %,.0f requests/s %.1f µs/request%n",
                            round + 1,
                            settings.rounds(),
                            side.name(),
                            sample.perSecond(),
                            sample.cpuMicros());
                }
            }
        }
        Map.of(MTLS, TLS, MTLS + " handshakes", TLS + " handshakes").forEach((row, base) -> {
            System.out.printf(
                    Locale.ROOT,
                    "| %s against %s | requests/s %s | CPU/request %s | %,.0f/s, %.0f µs |%n",
                    row,
                    base,
                    report.ratio(row, base, Sample::perSecond).text("%.2f"),
                    report.ratio(row, base, Sample::cpuMicros).text("%.2f"),
                    report.spread(row, Sample::perSecond).median(),
                    report.spread(row, Sample::cpuMicros).median());
        });
        double ratio = report.ratio(MTLS, TLS, Sample::perSecond).median();
        System.out.printf(
                Locale.ROOT,
                "| mTLS with keep-alive against TLS, requests/s | ≥ %.2f | %.3f | %s |%n",
                LEAST,
                ratio,
                ratio >= LEAST ? "met" : "**missed**");
    }

    private static Server start(Children children, int upstream, Path directory) throws Exception {
        return children.listening(
                "gateway",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+UseParallelGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdentityProxy.class.getName(),
                        Integer.toString(upstream),
                        directory.toString()));
    }

    private static Sample sample(Server server, Side side, Duration time) throws Exception {
        Duration before = ProcFs.cpuTime(server.process());
        long begin = System.nanoTime();
        long requests = side.load().run(time, side.open());
        double seconds = (System.nanoTime() - begin) / 1e9;
        Duration used = ProcFs.cpuTime(server.process()).minus(before);
        return new Sample(
                requests / seconds,
                used.toNanos() / 1_000.0 / requests,
                0,
                0,
                ProcFs.residentKib(server.process()) / 1024.0,
                0);
    }

    private static SSLContext context(Path directory, String trusted, boolean identity) throws Exception {
        KeyStore trust = empty();
        trust.setCertificateEntry("x", certificate(directory.resolve(trusted)));
        TrustManagerFactory judges = TrustManagerFactory.getInstance("PKIX");
        judges.init(trust);
        KeyStore keys = empty();
        if (identity) {
            String pem = Files.readString(directory.resolve("key.pem")).replaceAll("-----[A-Z ]+-----|\\s", "");
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
            keys.setKeyEntry(
                    "x", key, new char[0], new Certificate[] {certificate(directory.resolve("certificate.pem"))});
        }
        KeyManagerFactory shows = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shows.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shows.getKeyManagers(), judges.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate certificate(Path file) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Files.readString(file).getBytes(StandardCharsets.US_ASCII)));
    }
}
