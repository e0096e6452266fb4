package dev.lintel.benchmarks.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The JVM proxies that take part, each with the same heap, the same collector and two event loops. */
final class Contenders {
    static final String LINTEL = "lintel";
    static final String VERTX = "vertx";
    static final String UNDERTOW = "undertow";
    static final String SPRING = "spring-cloud-gateway";

    private static final List<String> BUDGET = List.of("-Xms256m", "-Xmx256m", "-XX:+UseParallelGC");

    private final Settings settings;
    private final String upstream;
    private final List<String> tokens;

    Contenders(Settings settings, int upstream, Identity issuer) {
        this.settings = settings;
        this.upstream = Integer.toString(upstream);
        this.tokens = List.of(issuer.issuer(), Identity.AUDIENCE, Identity.SCOPE);
    }

    List<Contender> all() throws IOException {
        List<Contender> all = new ArrayList<>();
        if (settings.includes(LINTEL)) {
            all.add(lintel(false));
            all.add(lintel(true));
        }
        if (settings.includes(VERTX)) {
            all.add(peer(VERTX, "vertx-core", "VertxProxy", List.of(), false));
        }
        if (settings.includes(UNDERTOW)) {
            all.add(peer(UNDERTOW, "undertow-core", "UndertowProxy", List.of(), false));
        }
        if (settings.includes(SPRING)) {
            // Server and client share the loops, one per processor, but at least four unless said otherwise.
            List<String> loops = List.of("-Dreactor.netty.ioWorkerCount=2");
            String artifact = "spring-cloud-gateway-server-webflux";
            all.add(peer(SPRING, artifact, "SpringCloudGatewayProxy", loops, false));
            all.add(peer(SPRING, artifact, "SpringCloudGatewayProxy", loops, true));
        }
        return all;
    }

    private Contender lintel(boolean withToken) {
        return lintel(withToken, List.of());
    }

    /** The gateway with more options of the JVM. */
    Contender lintel(boolean withToken, List<String> options) {
        return new Contender(
                LINTEL,
                "0.1.0-SNAPSHOT",
                withToken,
                java(options, System.getProperty("java.class.path"), LintelProxy.class.getName(), withToken));
    }

    private Contender peer(String name, String artifact, String main, List<String> options, boolean withToken)
            throws IOException {
        Path target = settings.peers().resolve(name).resolve("target");
        String classPath = target.resolve("peer.jar") + ":" + target.resolve("lib") + "/*";
        return new Contender(
                name,
                version(target.resolve("lib"), artifact),
                withToken,
                java(options, classPath, "dev.lintel.benchmarks.peers." + main, withToken));
    }

    private List<String> java(List<String> options, String classPath, String main, boolean withToken) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(BUDGET);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main, upstream));
        command.addAll(withToken ? tokens : List.of());
        return command;
    }

    private static String version(Path lib, String artifact) throws IOException {
        Pattern jar = Pattern.compile(Pattern.quote(artifact) + "-(\\d.*)\\.jar");
        if (Files.isDirectory(lib)) {
            try (Stream<Path> jars = Files.list(lib)) {
                return jars.map(file -> jar.matcher(file.getFileName().toString()))
                        .filter(Matcher::matches)
                        .map(found -> found.group(1))
                        .findFirst()
                        .orElseThrow(() -> new IOException("no " + artifact + " in " + lib));
            }
        }
        throw new IOException(lib + " is not there: build the peers first, as benchmarks/run does");
    }
}
